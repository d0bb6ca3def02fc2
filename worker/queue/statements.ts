import type { StoredStatistics } from "./stored-statistics.ts";
import type { UnpackedMessage } from "./unpacked-message.ts";

const INSERT_SERVICE =
  "INSERT INTO services (name, first_seen_ms, last_seen_ms, records) VALUES (?1, ?2, ?2, 0) ON CONFLICT (name) DO NOTHING";
// Plain, not OR IGNORE: a message that was applied before fails here and takes the whole batch back.
const INSERT_LEDGER = `INSERT INTO ledger (service_id, shard, first_seq, last_seq, received_ms, min_ms, max_ms, applied_ms, spilled)
SELECT (SELECT id FROM services WHERE name = ?1), value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ?3, ?4 FROM json_each(?2)`;
const INSERT_SUMMARIES = `INSERT INTO summaries (service_id, step_ms, start_ms, shard, first_seq, summary)
SELECT (SELECT id FROM services WHERE name = ?2), value ->> 0, value ->> 1, ?3, ?4, value ->> 2 FROM jsonb_each(?1)`;
const COUNT_SERVICE = `UPDATE services SET records = records + ?2, last_seen_ms = max(last_seen_ms, ?3),
hot_rows = ?4 + CASE WHEN hot_day = ?5 THEN hot_rows ELSE 0 END, hot_day = ?5 WHERE name = ?1`;

const DAY_MS = 86_400_000;
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);

/** Before everything else of a message: the rows that follow name the service by its number. */
export const insertService = (db: D1Database, { service, receivedMs }: UnpackedMessage): D1PreparedStatement =>
  db.prepare(INSERT_SERVICE).bind(service, receivedMs);

/** Messages of one service. */
export function insertLedger(
  db: D1Database,
  messages: readonly UnpackedMessage[],
  statistics: StoredStatistics,
  nowMs: number,
  spilled: 0 | 1,
): D1PreparedStatement {
  const rows = messages.map((message) => {
    const { shard, firstSeq, lastSeq, receivedMs } = message;
    const { minMs, maxMs } = statistics.spanOf(message);
    return [shard, firstSeq, lastSeq, receivedMs, minMs, maxMs];
  });
  return db.prepare(INSERT_LEDGER).bind(messages[0]!.service, JSON.stringify(rows), nowMs, spilled);
}

/** Of messages that are stored together, under the name of the first of them. */
export const insertSummaries = (
  db: D1Database,
  { service, shard, firstSeq }: UnpackedMessage,
  statistics: StoredStatistics,
): D1PreparedStatement[] =>
  statistics.summaryRows().map((rows) => db.prepare(INSERT_SUMMARIES).bind(rows, service, shard, firstSeq));

/** Messages of one service. */
export function countService(
  db: D1Database,
  messages: readonly UnpackedMessage[],
  nowMs: number,
  hotRows: number,
): D1PreparedStatement {
  const records = messages.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0);
  const lastReceivedMs = Math.max(...messages.map((message) => message.lastReceivedMs));
  return db.prepare(COUNT_SERVICE).bind(messages[0]!.service, records, lastReceivedMs, hotRows, dayOf(nowMs));
}

export const isLedgerConflict = (error: unknown): boolean => /UNIQUE constraint failed: ledger\./.test(String(error));

/** Whether the same message would fail in the same way again: the data is at fault, not the database. */
export const isPoison = (error: unknown): boolean =>
  /SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|constraint failed|malformed JSON|datatype mismatch|too big|ZSTD|Unexpected token|RangeError/i.test(
    String(error),
  );
