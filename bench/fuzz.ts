import { request as httpRequest } from "node:http";
import fc from "fast-check";
import { ask } from "./api.ts";
import type { Figures } from "./figure.ts";
import { complaintOf } from "./fuzz/complaint.ts";
import { type HostileRequest, hostileRequests, hostileRound } from "./fuzz/requests.ts";
import { targetsOf } from "./fuzz/targets.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

/** Some refusals wait for seconds on purpose. */
const AT_A_TIME = 16;
/** Live streams do not end by themselves; nothing else takes so long. */
const ENDS_WITHIN_MS = 20_000;
const READ_BYTES = 2_000_000;

/**
 * Random methods, addresses, headers and bodies against a running server, for some minutes: no 500, no word of the inside,
 * and a server that is healthy afterwards. Each round goes to every route of the server's own description once, and then anywhere.
 * A finding is printed with its request, and fails the run; so does a route that was never answered.
 */
export async function fuzz(figures: Figures, options: BenchOptions): Promise<void> {
  const untilMs = Date.now() + Number(options.minutes ?? 10) * 60_000;
  const seed = Number(options.seed ?? Date.now() % 1_000_000);
  for (const mode of modesOf(options)) {
    await withServer(mode, async (server) => {
      const targets = targetsOf(await ask(server, "/api/openapi.json"));
      const [requests, everyRoute] = [hostileRequests(targets), hostileRound(targets)];
      const unanswered = new Set(targets.map(({ method, path }) => `${method} ${path}`));
      const statuses = new Map<number, number>();
      const findings: string[] = [];
      let round = 0;
      while (Date.now() < untilMs && findings.length === 0) {
        const batch = fc.sample(everyRoute, { numRuns: 1, seed: seed + round }).flat();
        batch.push(...fc.sample(requests, { numRuns: 200, seed: seed + round++ }));
        let next = 0;
        await Promise.all(
          Array.from({ length: AT_A_TIME }, async () => {
            while (next < batch.length && Date.now() < untilMs) {
              const hostile = batch[next++]!;
              const { status, text } = await send(server, hostile);
              statuses.set(status, (statuses.get(status) ?? 0) + 1);
              if (hostile.route !== undefined && status > 0) unanswered.delete(hostile.route);
              const complaint = complaintOf(status, text);
              if (complaint) findings.push(`${complaint}\n${shown(hostile)}\n${text.slice(0, 500)}`);
            }
          }),
        );
      }
      await ask(server, "/healthz");
      for (const [status, count] of [...statuses].sort(([a], [b]) => a - b))
        figures.add(status === 0 ? "connection closed" : `status ${status}`, [count], "requests");
      figures.add(`findings, seed ${seed}`, [findings.length], "requests");
      figures.add("routes that answered", [targets.length - unanswered.size], `of ${targets.length}`);
      if (findings.length > 0) throw new Error(findings.join("\n\n"));
      if (unanswered.size > 0) throw new Error(`never answered: ${[...unanswered].join(", ")}`);
    });
  }
}

/** Node's own client: `fetch` refuses much of what a hostile client sends. Status 0: the server closed the connection. */
function send(
  { url, token }: Server,
  { method, address, headers, body }: HostileRequest,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const { Upgrade: upgrade, ...plain } = headers;
    const upgrading = upgrade
      ? {
          Upgrade: upgrade,
          Connection: "Upgrade",
          "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version": "13",
        }
      : {};
    const end = (status: number, text = ""): void => {
      clearTimeout(timer);
      resolve({ status, text });
    };
    const outgoing = httpRequest(`${url}${address}`, {
      method,
      headers: { ...plain, ...upgrading, Authorization: `Bearer ${token}`, "Content-Length": body?.length ?? 0 },
    });
    let seen = { status: 0, text: "" };
    const timer = setTimeout(() => {
      outgoing.destroy();
      end(seen.status, seen.text);
    }, ENDS_WITHIN_MS);
    outgoing.on("upgrade", (response, socket) => {
      socket.destroy();
      end(response.statusCode ?? 0);
    });
    outgoing.on("response", (response) => {
      seen = { status: response.statusCode ?? 0, text: "" };
      response.on("data", (chunk: Buffer) => {
        if (seen.text.length < READ_BYTES) seen.text += chunk.toString("latin1");
        if (/event-stream/.test(response.headers["content-type"] ?? "")) outgoing.destroy();
      });
      response.on("close", () => end(seen.status, seen.text));
    });
    outgoing.on("error", () => end(seen.status, seen.text));
    outgoing.end(body);
  });
}

const shown = ({ method, address, headers, body }: HostileRequest): string =>
  `${method} ${address}\n${JSON.stringify(headers)}\n${JSON.stringify(body && Buffer.from(body).toString("latin1").slice(0, 500))}`;
