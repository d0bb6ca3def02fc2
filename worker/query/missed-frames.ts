import type { Frame, GapFrame } from "../../core/live/frames.ts";
import type { RecordJson } from "../../core/record-json.ts";
import type { MissedRange } from "../../durable-objects/catch-up.ts";
import type { Env } from "../env.ts";
import { findRecords } from "./find-records.ts";
import { filterOf } from "./question.ts";

/** A watcher that comes back is shown so many of the newest that it missed; for the older ones there is `/api/logs`. */
export const MAX_CAUGHT_UP = 1_000;
/** Records a frame: what a browser paints at once. */
const RECORDS_A_FRAME = 100;
/** Senders' clocks, and batches that wait: records are looked for from this long before they were received. */
const MARGIN_MS = 600_000;

// The message that holds the first missed seq was received no later than any of the others.
const SELECT_RECEIVED =
  "SELECT received_ms FROM ledger WHERE service_id = (SELECT id FROM services WHERE name = ?1) AND shard = ?2 AND first_seq <= ?3 ORDER BY first_seq DESC LIMIT 1";
const SELECT_LEDGER = `SELECT coalesce(sum(min(last_seq, ?4) - max(first_seq, ?3) + 1), 0) AS n FROM ledger
WHERE service_id = (SELECT id FROM services WHERE name = ?1) AND shard = ?2 AND first_seq <= ?4 AND last_seq >= ?3 AND applied_ms > 0`;
const COUNT_ROWS = `SELECT count(*) AS n FROM records
WHERE service_id = (SELECT id FROM services WHERE name = ?1) AND ts_ms >= ?5 AND ts_ms < ?6 AND shard = ?2 AND seq BETWEEN ?3 AND ?4`;
const COUNT_ARCHIVED = `SELECT coalesce(sum(min(run.value ->> 2, ?4) - max(run.value ->> 1, ?3) + 1), 0) AS n
FROM segments s JOIN json_each(s.seqs) run
WHERE s.service_id = (SELECT id FROM services WHERE name = ?1) AND s.max_ms >= ?5 AND s.min_ms < ?6 AND run.value ->> 0 = ?2 AND run.value ->> 1 <= ?4 AND run.value ->> 2 >= ?3`;

/**
 * What a watcher missed and no stream's memory holds, as frames: from the database and the archive, oldest first. What is
 * not shown is a gap by number.
 */
export async function missedFrames(
  env: Env,
  service: string,
  q: string,
  ranges: readonly MissedRange[],
  nowMs: number,
): Promise<string[]> {
  const fromMs =
    Math.min(...(await Promise.all(ranges.map((range) => receivedMs(env, service, range, nowMs))))) - MARGIN_MS;
  const toMs = nowMs + MARGIN_MS;
  const question = { service, fromMs, toMs, filter: q.trim() === "" ? undefined : filterOf(q) };
  const found = await findRecords(env, { ...question, limit: MAX_CAUGHT_UP, order: "newest", after: undefined }, nowMs);
  const shown = found.records.filter(({ shard, seq }) => ranges.some((range) => isIn(range, shard, seq))).toReversed();
  const gaps = found.cursor
    ? ranges.map((range) => olderGap(service, range, shown))
    : await Promise.all(ranges.map((range) => lateGap(env, service, range, fromMs, toMs)));
  const frames: Frame[] = gaps.filter((gap) => gap !== undefined);
  for (let from = 0; from < shown.length; from += RECORDS_A_FRAME)
    frames.push({ type: "tail", service, records: shown.slice(from, from + RECORDS_A_FRAME) });
  return frames.map((frame) => JSON.stringify(frame));
}

async function receivedMs(env: Env, service: string, { shard, firstSeq }: MissedRange, nowMs: number): Promise<number> {
  const row = await env.DB.prepare(SELECT_RECEIVED).bind(service, shard, firstSeq).first<{ received_ms: number }>();
  return row?.received_ms ?? nowMs;
}

/** More was missed than is shown: what is older than the oldest shown of this shard. */
function olderGap(service: string, range: MissedRange, shown: readonly RecordJson[]): GapFrame | undefined {
  const oldest = shown.find(({ shard }) => shard === range.shard)?.seq ?? range.lastSeq + 1;
  const count = oldest - range.firstSeq;
  return count > 0 ? gapOf(service, range.shard, range.firstSeq, oldest - 1, count, "no_longer_in_memory") : undefined;
}

/** Records whose own time is far from when they came are not looked for; their number is told. */
async function lateGap(
  env: Env,
  service: string,
  { shard, firstSeq, lastSeq }: MissedRange,
  fromMs: number,
  toMs: number,
): Promise<GapFrame | undefined> {
  const of = [service, shard, firstSeq, lastSeq];
  const [stored, rows, archived] = await env.DB.batch<{ n: number }>([
    env.DB.prepare(SELECT_LEDGER).bind(...of),
    env.DB.prepare(COUNT_ROWS).bind(...of, fromMs, toMs),
    env.DB.prepare(COUNT_ARCHIVED).bind(...of, fromMs, toMs),
  ]);
  const count = stored!.results[0]!.n - rows!.results[0]!.n - archived!.results[0]!.n;
  return count > 0 ? gapOf(service, shard, firstSeq, lastSeq, count, "not_found") : undefined;
}

const isIn = (range: MissedRange, shard: number, seq: number): boolean =>
  range.shard === shard && range.firstSeq <= seq && seq <= range.lastSeq;

const gapOf = (
  service: string,
  shard: number,
  first: number,
  last: number,
  count: number,
  reason: GapFrame["reason"],
): GapFrame => ({ type: "gap", service, shard, first, last, count, reason });
