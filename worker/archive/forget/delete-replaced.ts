import type { Env } from "../../env.ts";
import type { KnownService } from "../seal-service.ts";

/** Objects deleted in one request. */
const PAGE = 1_000;
/** Longer ago than a sweep is away: what was replaced before is gone. */
const REPLACED_MS = 24 * 3_600_000;

const SELECT_REPLACED = `SELECT DISTINCT key FROM (SELECT key, action, at_ms FROM segment_log WHERE service_id = ?1 ORDER BY number DESC LIMIT 50000)
WHERE action = 'removed' AND at_ms > ?2 AND key NOT IN (SELECT key FROM segments WHERE service_id = ?1)`;

/**
 * Deletes at once what the sweep would delete later: objects that a merge, retention or an interrupted forgetting has replaced, and
 * that may hold whom somebody wants forgotten. A question that reads one of them at this moment is answered as partial.
 */
export async function deleteReplaced({ DB, ARCHIVE }: Env, { id }: KnownService, nowMs: number): Promise<void> {
  const { results } = await DB.prepare(SELECT_REPLACED)
    .bind(id, nowMs - REPLACED_MS)
    .all<{ key: string }>();
  for (let from = 0; from < results.length; from += PAGE)
    await ARCHIVE.delete(results.slice(from, from + PAGE).map(({ key }) => key));
}
