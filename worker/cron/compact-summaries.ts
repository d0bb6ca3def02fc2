import { compactedSummary, type PartMerge, planCompaction, type StoredPart } from "../../core/summary/compact.ts";
import { decodeSummary } from "../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import type { StepMs } from "../../core/summary/steps.ts";
import type { Summary } from "../../core/summary/summary.ts";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";

/** Merges done for one service in one run; what is left is done in the next. */
const MAX_MERGES = 100;

// A merged part keeps the key of its newest message, so every part's age stands in the ledger.
export const SELECT_KEYS = `SELECT s.step_ms AS stepMs, s.start_ms AS startMs, s.shard, s.first_seq AS firstSeq, l.received_ms AS receivedMs
FROM summaries s JOIN ledger l ON l.service_id = s.service_id AND l.shard = s.shard AND l.first_seq = s.first_seq WHERE s.service_id = ?1`;

const OF_KEYS =
  "service_id = ?1 AND (step_ms, start_ms, shard, first_seq) IN (SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?2))";
const encoder = new TextEncoder();

const SELECT_PARTS = `SELECT summary FROM summaries WHERE ${OF_KEYS}`;
// json('…') of what is no JSON is an error, and an error takes the whole batch back: somebody else has merged these parts.
const ENSURE_UNCHANGED = `SELECT json(CASE WHEN count(*) = ?3 AND sum(octet_length(summary)) = ?4 THEN 'true' ELSE 'stale' END) FROM summaries WHERE ${OF_KEYS}`;
const DELETE_PARTS = `DELETE FROM summaries WHERE ${OF_KEYS}`;
const INSERT_PART =
  "INSERT INTO summaries (service_id, step_ms, start_ms, shard, first_seq, summary) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/**
 * Merges the summary parts of one service as core/summary/compact.ts plans it. Each merge is one transaction that fails
 * where its parts have changed since they were read, so a crash or a second run loses and doubles nothing.
 */
export async function compactSummaries(env: Env, serviceId: number, nowMs: number): Promise<number> {
  const { results: parts } = await env.DB.prepare(SELECT_KEYS).bind(serviceId).all<StoredPart>();
  const merges = planCompaction(parts, nowMs).slice(0, MAX_MERGES);
  for (const merge of merges) await mergeParts(env.DB, serviceId, merge);
  return merges.length;
}

async function mergeParts(db: D1Database, serviceId: number, { into, of }: PartMerge): Promise<void> {
  const keys = JSON.stringify(of.map(({ stepMs, startMs, shard, firstSeq }) => [stepMs, startMs, shard, firstSeq]));
  const { results } = await db.prepare(SELECT_PARTS).bind(serviceId, keys).all<{ summary: string }>();
  const summaries = results.map(({ summary }) => decodeSummary(summary));
  // A part that cannot be read stays where it is: a later version may.
  if (results.length !== of.length || summaries.some((summary) => !summary.ok)) return;
  const merged = encodeSummary(
    compactedSummary(
      into.stepMs as StepMs,
      summaries.map((summary) => (summary as { value: Summary }).value),
    ),
  );
  const bytes = results.reduce((sum, { summary }) => sum + encoder.encode(summary).length, 0);
  try {
    await db.batch([
      db.prepare(ENSURE_UNCHANGED).bind(serviceId, keys, of.length, bytes),
      db.prepare(DELETE_PARTS).bind(serviceId, keys),
      db.prepare(INSERT_PART).bind(serviceId, into.stepMs, into.startMs, into.shard, into.firstSeq, merged),
    ]);
  } catch (error) {
    // Nothing was changed; the next run plans anew.
    logWarning("summaries_not_merged", { serviceId, startMs: into.startMs, error });
  }
}
