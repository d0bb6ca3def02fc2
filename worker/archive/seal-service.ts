import { type AppliedMessage, planSeals, type Seal } from "../../core/segment/plan-seal.ts";
import type { Env } from "../env.ts";
import { hotRows } from "./hot-rows.ts";
import { putSegment } from "./put-segment.ts";
import { insertSegment, type SegmentRow, type SeqRun } from "./segment-row.ts";
import { SMALL_LEVEL, zstdCodec } from "./zstd-codec.ts";

export interface KnownService {
  id: number;
  name: string;
}

/** Messages looked at, and segments made, of one shard in one run; the next run goes on. */
const MAX_MESSAGES = 5_000;
const MAX_SEALS = 20;
const HOUR_MS = 3_600_000;

// DISTINCT would read the whole ledger; this reads a row a shard.
const SELECT_SHARDS = `WITH RECURSIVE known (shard) AS (
  SELECT min(shard) FROM ledger WHERE service_id = ?1
  UNION ALL SELECT (SELECT min(shard) FROM ledger WHERE service_id = ?1 AND shard > known.shard) FROM known WHERE known.shard IS NOT NULL)
SELECT shard, coalesce((SELECT last_seq FROM seals WHERE service_id = ?1 AND seals.shard = known.shard), 0) AS sealedSeq FROM known WHERE shard IS NOT NULL`;
const SELECT_MESSAGES = `SELECT first_seq AS firstSeq, last_seq AS lastSeq, received_ms AS receivedMs, min_ms AS minMs, max_ms AS maxMs, spilled
FROM ledger WHERE service_id = ?1 AND shard = ?2 AND first_seq > ?3 ORDER BY first_seq LIMIT ${MAX_MESSAGES}`;
// Two runs at once: the second one finds the seal moved, and nothing is written twice.
const MOVE_SEAL = `INSERT INTO seals (service_id, shard, last_seq) VALUES (?1, ?2, ?4)
ON CONFLICT (service_id, shard) DO UPDATE SET last_seq = ?4 WHERE last_seq = ?3`;
const ENSURE_SEAL = `SELECT json(CASE WHEN coalesce((SELECT last_seq FROM seals WHERE service_id = ?1 AND shard = ?2), 0) = ?3 THEN 'true' ELSE 'stale' END)`;
// A person who was forgotten since the rows were read would be copied into the archive, and come back with it.
const ENSURE_ROWS = `SELECT json(CASE WHEN count(*) = ?5 THEN 'true' ELSE 'stale' END) FROM records
WHERE service_id = ?1 AND ts_ms >= ?2 AND ts_ms <= ?3 AND EXISTS (SELECT 1 FROM json_each(?4) WHERE shard = value ->> 0 AND seq BETWEEN value ->> 1 AND value ->> 2)`;

const codec = zstdCodec(SMALL_LEVEL);

/**
 * Copies a service's hot rows of closed hours into segments. The rows stay, and answer, until `removeHot` takes them away: a
 * segment's `coldMs` says from when on it answers instead.
 *
 * @param closedMs rows received before it are sealed; the start of this hour unless the database is short of room
 */
export async function sealService(
  env: Env,
  service: KnownService,
  nowMs: number,
  closedMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS,
): Promise<number> {
  const { results } = await env.DB.prepare(SELECT_SHARDS).bind(service.id).all<{ shard: number; sealedSeq: number }>();
  let sealed = 0;
  for (const { shard, sealedSeq } of results) {
    const { results: messages } = await env.DB.prepare(SELECT_MESSAGES)
      .bind(service.id, shard, sealedSeq)
      .all<AppliedMessage>();
    const plan = planSeals(messages, sealedSeq, closedMs, nowMs);
    const seals = plan.seals.slice(0, MAX_SEALS);
    let from = sealedSeq;
    for (const [at, seal] of seals.entries()) {
      // Past the last one come spilled messages only.
      const to = at === plan.seals.length - 1 ? plan.doneSeq : seal.lastSeq;
      await commitSeal(env, service, { shard, from, to }, await putSeal(env, service, shard, seal));
      from = to;
      sealed++;
    }
    if (seals.length === 0 && plan.doneSeq > sealedSeq)
      await commitSeal(env, service, { shard, from, to: plan.doneSeq }, undefined);
  }
  return sealed;
}

/** First step of two: the object. Undefined where none of the rows is left. */
export async function putSeal(
  env: Env,
  { id, name }: KnownService,
  shard: number,
  seal: Seal,
): Promise<SegmentRow | undefined> {
  const rows = await hotRows(env.DB, { serviceId: id, shard, ...seal });
  if (rows.rows.length === 0) return undefined;
  const { runs, receivedFromMs, receivedToMs } = seal;
  const seqs = runs.map(([firstSeq, lastSeq]): SeqRun => [shard, firstSeq, lastSeq]);
  const segment = await putSegment(
    env,
    { service: name, rows: [rows], seqs, kind: "sealed", receivedFromMs, receivedToMs },
    codec,
  );
  return { ...segment, coldMs: segment.minMs };
}

/** Second step: the segment's row and how far the shard is sealed. */
export async function commitSeal(
  { DB }: Env,
  { id, name }: KnownService,
  { shard, from, to }: { shard: number; from: number; to: number },
  segment: SegmentRow | undefined,
): Promise<void> {
  await DB.batch([
    DB.prepare(ENSURE_SEAL).bind(id, shard, from),
    ...(segment ? [ensureRows(DB, id, segment), insertSegment(DB, name, segment)] : []),
    DB.prepare(MOVE_SEAL).bind(id, shard, from, to),
  ]);
}

const ensureRows = (
  db: D1Database,
  serviceId: number,
  { minMs, maxMs, seqs, records }: SegmentRow,
): D1PreparedStatement => db.prepare(ENSURE_ROWS).bind(serviceId, minMs, maxMs, JSON.stringify(seqs), records);
