import { env } from "cloudflare:workers";
import type { AppendRequest, DeliveryMessage, Origin } from "../../core/delivery/message.ts";
import { LogRecord } from "../../core/record.ts";
import type { Env } from "../../worker/env.ts";
import { countedPacksOf } from "../../worker/ingest/pack.ts";

export const bindings = env as unknown as Env;

export const NOW_MS = Date.UTC(2026, 10, 22, 10);

export function recordOf(fields: Partial<LogRecord>): LogRecord {
  return Object.assign(new LogRecord(), { tsMs: NOW_MS, message: "a line", ...fields });
}

export function appendOf(
  service: string,
  records: LogRecord[],
  origin?: Origin,
  receivedMs = Date.now(),
): AppendRequest {
  return { service, shard: 0, receivedMs, packs: countedPacksOf(records), origin };
}

/** What a stream would send, taken from its journal. */
export async function messageOf(service: string, firstSeq: number, lastSeq: number): Promise<DeliveryMessage> {
  const packs = await bindings.STREAMS.getByName(`${service}/0`).packs({ firstSeq, lastSeq });
  return {
    service,
    shard: 0,
    firstSeq,
    lastSeq,
    packs: packs.map(({ firstSeq: first, count, receivedMs, body }) => ({
      firstSeq: first,
      count,
      receivedMs,
      body: new Uint8Array(body),
    })),
  };
}

export async function storedSeqs(service: string): Promise<number[]> {
  const { results } = await bindings.DB.prepare(
    "SELECT seq FROM records WHERE service_id = (SELECT id FROM services WHERE name = ?) ORDER BY seq",
  )
    .bind(service)
    .all<{ seq: number }>();
  return results.map(({ seq }) => seq);
}
