import type { Env } from "../env.ts";
import { prefixOf } from "./put-segment.ts";
import type { KnownService } from "./seal-service.ts";

/**
 * An object without a row may belong to a write that is under way, or to a question that began before it was replaced: both are over
 * long before this.
 */
export const ORPHAN_MS = 3_600_000;
const PAGE = 1_000;

// Of the log, which is kept for ever, the end: more is not removed within an hour.
const SELECT_NAMED = `SELECT key FROM segments WHERE service_id = ?1 UNION
SELECT key FROM (SELECT key, action, at_ms FROM segment_log WHERE service_id = ?1 ORDER BY number DESC LIMIT 50000) WHERE action = 'removed' AND at_ms > ?2`;

/** Deletes the objects of a service that no row names, and that none has named for an hour. */
export async function sweepObjects(
  { DB, ARCHIVE, KEEP_ORPHANS }: Env,
  { id, name }: KnownService,
  nowMs: number,
): Promise<number> {
  if (KEEP_ORPHANS === "1") return 0;
  // The list first: an object that is named after it was listed is then known.
  const listed: R2Object[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await ARCHIVE.list({ prefix: prefixOf(name), limit: PAGE, ...(cursor ? { cursor } : {}) });
    listed.push(...page.objects);
    if (!page.truncated) break;
    cursor = page.cursor;
  }
  const { results } = await DB.prepare(SELECT_NAMED)
    .bind(id, nowMs - ORPHAN_MS)
    .all<{ key: string }>();
  const named = new Set(results.map(({ key }) => key));
  const orphans = listed.filter(({ key, uploaded }) => !named.has(key) && uploaded.getTime() < nowMs - ORPHAN_MS);
  for (let from = 0; from < orphans.length; from += PAGE)
    await ARCHIVE.delete(orphans.slice(from, from + PAGE).map(({ key }) => key));
  return orphans.length;
}
