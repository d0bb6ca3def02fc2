import type { Env } from "../env.ts";

/** What a service has in the archive, and where its latest message went. */
export interface ArchivedService {
  service: string;
  segments: number;
  /** Records that are answered from segments; those that hot rows answer still are not counted. */
  records: number;
  bytes: number;
  latest: "hot" | "archive" | null;
  /** When records last went to the archive at once. */
  lastSpilled: string | null;
  /** Time of the oldest record. */
  oldest: string | null;
  /** When the archive last changed: a segment was written, merged or removed. */
  lastChange: string | null;
}

const SELECT = `SELECT s.name AS service, count(g.key) AS segments, coalesce(sum(CASE WHEN g.cold_ms > g.max_ms THEN g.records ELSE 0 END), 0) AS records,
coalesce(sum(g.bytes), 0) AS bytes, max(CASE WHEN g.kind = 'spilled' THEN g.received_to_ms END) AS spilledMs, min(g.min_ms) AS oldestMs,
(SELECT c.at_ms FROM segment_log c WHERE c.service_id = s.id ORDER BY c.number DESC LIMIT 1) AS changeMs,
(SELECT l.spilled FROM ledger l WHERE l.service_id = s.id AND l.shard = 0 ORDER BY l.first_seq DESC LIMIT 1) AS spilled
FROM services s LEFT JOIN segments g ON g.service_id = s.id GROUP BY s.id ORDER BY s.name`;

type Row = Pick<ArchivedService, "service" | "segments" | "records" | "bytes"> &
  Record<"spilledMs" | "oldestMs" | "changeMs", number | null> & { spilled: 0 | 1 | null };

export async function archiveStatus({ DB }: Env): Promise<ArchivedService[]> {
  const { results } = await DB.prepare(SELECT).all<Row>();
  return results.map(({ spilled, spilledMs, oldestMs, changeMs, ...row }) => ({
    ...row,
    latest: spilled === null ? null : spilled === 1 ? "archive" : "hot",
    lastSpilled: isoOf(spilledMs),
    oldest: isoOf(oldestMs),
    lastChange: isoOf(changeMs),
  }));
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
