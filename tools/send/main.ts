import { parseArgs } from "node:util";
import { createClient } from "../../clients/js/client.ts";
import { Failure } from "../sending/failure.ts";
import { linesOf, linesOfFile } from "../sending/lines-of.ts";
import { Meter } from "../sending/meter.ts";
import { showProgress, summaryOf } from "../sending/progress.ts";
import { checkServer } from "../sending/server-at.ts";
import { stopSignal } from "../sending/stop-signal.ts";
import { findToken } from "../sending/token.ts";

const USAGE = `Sends lines from standard input or from files.

  tail -F access.log | npm run --silent send -- --service web
  npm run send -- --service web --file access.log --file access.log.1.gz

  --service NAME      where the lines go (needed)
  --file PATH         send this file (.gz too) instead of standard input; may be given again
  --batch N           lines a batch at most (1000)
  --connections N     batches on their way at once (1); more gives up the order of lines
  --gzip              compress on the way
  --quiet             say nothing unless a line was not acknowledged
  --url ADDRESS       the server (http://127.0.0.1:8787, or WEIR_URL)
  --token KEY         a key that may write (WEIR_TOKEN, else the local server's own)`;

/** `npm run send`. Answers the exit code: 1 when anything read was not acknowledged. */
export async function send(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h" },
      service: { type: "string" },
      file: { type: "string", multiple: true, default: [] },
      batch: { type: "string", default: "1000" },
      connections: { type: "string", default: "1" },
      gzip: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      url: { type: "string", default: process.env.WEIR_URL ?? "http://127.0.0.1:8787" },
      token: { type: "string" },
    },
  });
  if (values.help) throw new Failure(USAGE, 0);
  if (!values.service) throw new Failure(`${USAGE}\n\n--service is missing: to whom do the lines belong?`);
  const batchLines = Number(values.batch);
  const connections = Number(values.connections);
  if (!(batchLines >= 1 && connections >= 1)) throw new Failure("--batch and --connections are numbers from 1");
  const { service, url, gzip, file: files, quiet } = values;
  const token = findToken(values.token);
  await checkServer(url, service, token);

  const startMs = performance.now();
  const meter = new Meter();
  const client = createClient({ url, service, token, batchLines, connections, gzip, onBatch: meter.ended });
  const signal = stopSignal();
  const end = quiet ? () => {} : showProgress(meter);
  const sources = files.length > 0 ? files.map(linesOfFile) : [linesOf(process.stdin)];
  signal.addEventListener("abort", () => process.stdin.destroy());
  for (const source of sources) {
    for await (const lines of untilStopped(source, signal)) {
      for (const line of lines) {
        if (line.trim() === "") continue;
        meter.sent();
        await client.send(line);
      }
    }
  }
  await client.flush();
  end();
  if (quiet && !meter.complete) console.error(summaryOf(meter, performance.now() - startMs));
  return meter.complete ? 0 : 1;
}

/** Ends the source when the signal comes; destroying standard input makes its iterator throw. */
async function* untilStopped(source: AsyncGenerator<string[]>, signal: AbortSignal): AsyncGenerator<string[]> {
  try {
    for await (const lines of source) {
      if (signal.aborted) return;
      yield lines;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
