import { parseArgs } from "node:util";
import type { GapFrame } from "../../core/live/frames.ts";
import { Failure } from "../sending/failure.ts";
import { saidOf } from "../sending/said-of.ts";
import { stopSignal } from "../sending/stop-signal.ts";
import { findToken } from "../sending/token.ts";
import { follow } from "./follow.ts";
import { lineOfRecord } from "./line-of-record.ts";

const USAGE = `Shows the records of a service as they arrive.

  npm run --silent tail -- --service web --q 'status:>=500'

  --service NAME   whose records (needed)
  --q FILTER       only these: docs/filter-language.md
  --json           each record as one JSON line, as the API gives it
  --no-colour      plain text; also where standard output is no terminal, or NO_COLOR is set
  --url ADDRESS    the server (http://127.0.0.1:8787, or WEIR_URL)
  --token KEY      a key that may read (WEIR_TOKEN, else the local server's own)`;

/** `npm run tail`. Runs until Ctrl-C; answers the exit code. */
export async function tail(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h" },
      service: { type: "string" },
      q: { type: "string", default: "" },
      json: { type: "boolean", default: false },
      "no-colour": { type: "boolean", default: false },
      url: { type: "string", default: process.env.WEIR_URL ?? "http://127.0.0.1:8787" },
      token: { type: "string" },
    },
  });
  if (values.help) throw new Failure(USAGE, 0);
  if (!values.service) throw new Failure(`${USAGE}\n\n--service is missing: whose records?`);
  const { service, q, url, json } = values;
  const token = findToken(values.token);
  await checkQuestion(url, service, q, token);
  const isColoured = process.stdout.isTTY === true && !values["no-colour"] && !process.env.NO_COLOR;
  const signal = stopSignal();
  process.stdout.on("error", () => process.exit(0));
  let refusal: string | undefined;
  const stopped = new AbortController();
  await follow({
    ...{ url, token, service, q },
    signal: AbortSignal.any([signal, stopped.signal]),
    onFrame(frame) {
      if (frame.type === "error") {
        refusal = frame.message;
        stopped.abort();
      } else if (frame.type === "gap") console.error(textOfGap(frame));
      else if (frame.type === "tail") {
        for (const record of frame.records)
          process.stdout.write(`${json ? JSON.stringify(record) : lineOfRecord(record, isColoured)}\n`);
      }
    },
    onBreak: (reason, delayMs) => console.error(`weir: ${reason}; again in ${Math.round(delayMs)} ms`),
  });
  if (refusal !== undefined) throw new Failure(refusal);
  return 0;
}

/** Makes sure that a server answers, takes the key and understands the filter: a socket could only say that it did not open. */
async function checkQuestion(url: string, service: string, q: string, token: string | undefined): Promise<void> {
  const address = new URL("/api/live/rewind", url);
  for (const [name, value] of Object.entries({ service, q, limit: "1" })) address.searchParams.set(name, value);
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(address, { headers, signal: AbortSignal.timeout(5_000) }).catch((error: Error) => {
    const cause = (error.cause as { code?: string } | undefined)?.code ?? error.message;
    throw new Failure(
      `No server answers at ${url} (${cause}). Start one with "npm start", or name another with --url.`,
    );
  });
  const text = await answer.text();
  if (answer.ok) return;
  if (answer.status === 401 || answer.status === 403)
    throw new Failure(`The key may not read "${service}" at ${url}: give one with --token or in WEIR_TOKEN.`);
  throw new Failure(`The server at ${url} answered ${answer.status}: ${saidOf(text)}`);
}

/** `… 480 left out (rate): seqs 1 to 480 of shard 0`, on standard error: nothing is left out silently. */
export const textOfGap = ({ count, shard, first, last, reason }: GapFrame): string =>
  `… ${count} left out (${reason.replaceAll("_", " ")}): seqs ${first} to ${last} of shard ${shard}`;
