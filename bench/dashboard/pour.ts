import { setTimeout as sleep } from "node:timers/promises";
import { accessLine } from "../../tools/simulate/access-line.ts";
import { Connection } from "../connection.ts";
import type { Server } from "../with-server.ts";

const SERVICE = "frames";
const EVERY_MS = 100;

/** Sends so many lines a second until it is stopped. */
export function pour(server: Server, rate: number): { stop(): Promise<void> } {
  const connection = new Connection(server.url, server.token);
  let isStopped = false;
  const run = async () => {
    let sent = 0;
    for (const startMs = Date.now(); !isStopped; await sleep(EVERY_MS)) {
      const due = Math.floor(((Date.now() - startMs) / 1_000) * rate) - sent;
      if (due <= 0) continue;
      sent += due;
      const { status, text } = await connection.post(`/ingest/${SERVICE}`, linesOf(due));
      if (status !== 200) throw new Error(`lines were answered ${status}: ${text.slice(0, 300)}`);
    }
    connection.close();
  };
  const done = run();
  return {
    async stop() {
      isStopped = true;
      await done;
    },
  };
}

const linesOf = (count: number): string =>
  Array.from({ length: count }, (_, at) =>
    accessLine({
      ...{ tsMs: Date.now(), ip: `198.51.100.${at % 250}`, user: "-", method: "GET", path: `/items/${at % 400}` },
      ...{ protocol: "HTTP/1.1", status: at % 50 === 0 ? 500 : 200, bytes: 512, referrer: "-" },
      ...{ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", durationMs: at % 90 },
    }),
  ).join("\n");
