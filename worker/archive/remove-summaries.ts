import { STEPS_MS } from "../../core/summary/steps.ts";
import type { Env } from "../env.ts";
import type { KnownService } from "./seal-service.ts";

/** Parts deleted in one transaction; D1 answers nothing else meanwhile. */
export const CHUNK_PARTS = 500;
/** Chunks of one service in one run: 20,000 parts, which is the minutes of two weeks, every ten minutes. */
export const MAX_CHUNKS = 40;

// A merged part keeps the key of its newest message, so every part's age stands in the ledger. What tells of a time that has yet to come
// waits for it: so only old parts are walked over.
const DELETE_DUE = `DELETE FROM summaries WHERE service_id = ?1 AND (step_ms, start_ms, shard, first_seq) IN (
SELECT s.step_ms, s.start_ms, s.shard, s.first_seq FROM summaries s
CROSS JOIN ledger l ON l.service_id = s.service_id AND l.shard = s.shard AND l.first_seq = s.first_seq
WHERE s.service_id = ?1 AND s.step_ms IN (${STEPS_MS.join(", ")}) AND s.start_ms < ?2 AND l.received_ms < ?2 LIMIT ${CHUNK_PARTS})`;
// There is nothing left that counts them.
const DELETE_NOTES = `DELETE FROM forgotten WHERE service_id = ?1 AND start_ms < ?2 AND NOT EXISTS (SELECT 1 FROM summaries s
WHERE s.service_id = ?1 AND s.start_ms <= forgotten.start_ms AND s.start_ms + s.step_ms > forgotten.start_ms)`;

/**
 * Removes statistics of records that were received before `beforeMs`, in chunks of one transaction each; a run that is cut, or comes to
 * its bound, is gone on with in the next.
 *
 * @returns how many parts were removed
 */
export async function removeSummaries({ DB }: Env, { id }: KnownService, beforeMs: number): Promise<number> {
  let removed = 0;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    // Of the statement alone: what triggers delete is not counted.
    const [{ meta }] = (await DB.batch([
      DB.prepare(DELETE_DUE).bind(id, beforeMs),
      DB.prepare(DELETE_NOTES).bind(id, beforeMs),
    ])) as [D1Result, D1Result];
    removed += meta.changes;
    if (meta.changes < CHUNK_PARTS) return removed;
  }
  return removed;
}
