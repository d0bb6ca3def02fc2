import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "./with-server.ts";

/** One stream in the answer of `GET /api/pipeline`. */
export interface StreamCounts {
  service: string;
  acknowledged: number;
  stored: number;
  unconfirmed: number;
}

/** Asking costs the server that is measured; a tenth of a second is little in a run of seconds. */
const POLL_MS = 100;

type Endpoint = Pick<Server, "url" | "token">;

/** Asks the API a question. Throws for any answer but 2xx. */
export async function ask<Answer>(server: Endpoint, path: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${server.token}` };
  const response = await fetch(server.url + path, { headers, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as Answer;
}

/** Sums over the shards of a service. */
export async function countsOf(server: Endpoint, service: string): Promise<StreamCounts> {
  const { streams } = await ask<{ streams: StreamCounts[] }>(server, "/api/pipeline");
  const sum = { service, acknowledged: 0, stored: 0, unconfirmed: 0 };
  for (const stream of streams.filter((stream) => stream.service === service)) {
    sum.acknowledged += stream.acknowledged;
    sum.stored += stream.stored;
    sum.unconfirmed += stream.unconfirmed;
  }
  return sum;
}

/** Waits until `lines` of a service are in the database. Rejects when nothing more arrives there for a minute. */
export async function untilStored(server: Endpoint, service: string, lines: number): Promise<void> {
  let last = -1;
  let movedMs = Date.now();
  for (;;) {
    const { stored, acknowledged } = await countsOf(server, service);
    if (stored >= lines && stored === acknowledged) return;
    if (stored !== last) movedMs = Date.now();
    if (Date.now() - movedMs > 60_000)
      throw new Error(`${service}: ${stored} of ${lines} stored, and no more for a minute`);
    last = stored;
    await sleep(POLL_MS);
  }
}
