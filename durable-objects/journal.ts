import type { Layout } from "../core/delivery/layout.ts";
import {
  type CountedPack,
  type DeliveryMessage,
  keptMsOf,
  type MessageRange,
  nameOfOrigin,
  type Origin,
  type PlacedPack,
} from "../core/delivery/message.ts";
import type { PendingPack } from "../core/delivery/message-plan.ts";
import type { LiveState, Tally } from "../core/live/live-counters.ts";

// first_seq comes from a stored counter and is never reused: seq is half of a record's name in D1.
const SCHEMA = `
CREATE TABLE IF NOT EXISTS journal (
  first_seq INTEGER PRIMARY KEY, count INTEGER NOT NULL, received_ms INTEGER NOT NULL,
  min_ms INTEGER NOT NULL, max_ms INTEGER NOT NULL, plain_bytes INTEGER NOT NULL,
  body BLOB NOT NULL, tally TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS messages (
  first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, attempts INTEGER NOT NULL,
  due_ms INTEGER, failed_ms INTEGER, reason TEXT
);
CREATE TABLE IF NOT EXISTS origins (
  name TEXT PRIMARY KEY, body_hash TEXT, first_seq INTEGER, last_seq INTEGER, expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS layout (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL);
`;

/** Everything about the stream that its journal no longer holds. */
export interface Snapshot {
  service: string;
  shard: number;
  /** Counters and stored totals include every record up to this seq. */
  throughSeq: number;
  storedRecords: number;
  /** Given up by a person; absent in snapshots of earlier versions. */
  discardedRecords?: number;
  /** Messages that the queue took, and tries that it did not take; absent in snapshots of earlier versions. */
  messagesSent?: number;
  sendErrors?: number;
  live: LiveState;
}

export interface SentMessage extends MessageRange {
  /** How often it was sent. */
  attempts: number;
  /** When it is sent again at the earliest, unless confirmed before; undefined: not by itself, a person has to say so. */
  dueMs: number | undefined;
  /** When and why it came to the dead-letter queue. */
  failedMs: number | undefined;
  reason: string | undefined;
}

/** Of some packs: the earliest and latest time of their records, the bytes of their bodies, when the first was received. */
export interface Extent {
  minMs: number;
  maxMs: number;
  bytes: number;
  receivedMs: number;
}

export interface JournalEntry extends PendingPack {
  tally: Tally;
}

/** What was stored under an origin before; of a session its latest frame and, as `first`, the epoch of that. */
export interface KnownOrigin {
  bodyHash: string | undefined;
  first: number | undefined;
  last: number | undefined;
}

/** The stream's tables. Every method is synchronous, so one event's writes are one transaction. */
export class Journal {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
    this.#upgrade();
  }

  /** Journals of earlier versions have statistics beside each body, and know the length of its text in UTF-16 units alone. */
  #upgrade(): void {
    const columns = this.#sql.exec<{ name: string }>("SELECT name FROM pragma_table_info('journal')").toArray();
    const has = (column: string) => columns.some(({ name }) => name === column);
    if (has("summaries")) this.#sql.exec("ALTER TABLE journal DROP COLUMN summaries");
    if (!has("plain_chars")) return;
    this.#sql.exec("ALTER TABLE journal RENAME COLUMN plain_chars TO plain_bytes");
    // A unit takes 3 bytes at most.
    this.#sql.exec("UPDATE journal SET plain_bytes = plain_bytes * 3");
  }

  snapshot(): Snapshot | undefined {
    const [row] = this.#sql.exec<{ value: string }>("SELECT value FROM snapshot").toArray();
    return row && (JSON.parse(row.value) as Snapshot);
  }

  writeSnapshot(snapshot: Snapshot): void {
    this.#sql.exec("INSERT OR REPLACE INTO snapshot (id, value) VALUES (1, ?)", JSON.stringify(snapshot));
  }

  layout(): Layout | undefined {
    const [row] = this.#sql.exec<{ value: string }>("SELECT value FROM layout").toArray();
    return row && (JSON.parse(row.value) as Layout);
  }

  writeLayout(layout: Layout): void {
    this.#sql.exec("INSERT OR REPLACE INTO layout (id, value) VALUES (1, ?)", JSON.stringify(layout));
  }

  /** All that is unconfirmed, without the bodies, oldest first. */
  entries(): JournalEntry[] {
    return this.#sql
      .exec<Record<"first_seq" | "count" | "received_ms" | "plain_bytes" | "bytes", number> & { tally: string }>(
        "SELECT first_seq, count, received_ms, plain_bytes, length(body) AS bytes, tally FROM journal ORDER BY first_seq",
      )
      .toArray()
      .map((row) => ({
        firstSeq: row.first_seq,
        count: row.count,
        receivedMs: row.received_ms,
        bytes: row.bytes,
        plainBytes: row.plain_bytes,
        tally: JSON.parse(row.tally) as Tally,
      }));
  }

  append(firstSeq: number, receivedMs: number, pack: CountedPack): void {
    this.#sql.exec(
      "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      firstSeq,
      pack.count,
      receivedMs,
      pack.minMs,
      pack.maxMs,
      pack.plainBytes,
      pack.body,
      JSON.stringify(pack.tally),
    );
  }

  /** Bytes of all payloads, and when the oldest unconfirmed pack was received. */
  size(): { bytes: number; oldestMs: number | undefined } {
    const row = this.#sql
      .exec<{ bytes: number | null; oldest: number | null }>(
        "SELECT sum(length(body)) AS bytes, min(received_ms) AS oldest FROM journal",
      )
      .one();
    return { bytes: row.bytes ?? 0, oldestMs: row.oldest ?? undefined };
  }

  /** Packs whose seqs lie in the range. */
  packs({ firstSeq, lastSeq }: MessageRange): PlacedPack[] {
    return this.#packs("WHERE first_seq BETWEEN ? AND ? ORDER BY first_seq", firstSeq, lastSeq);
  }

  /** Packs that hold a record of the time range, newest first. */
  packsBetween(fromMs: number, toMs: number, limit: number): PlacedPack[] {
    return this.#packs("WHERE max_ms >= ? AND min_ms < ? ORDER BY first_seq DESC LIMIT ?", fromMs, toMs, limit);
  }

  /** What its packs span and take together. */
  extentOf({ firstSeq, lastSeq }: MessageRange): Extent {
    const row = this.#sql
      .exec<Record<"min_ms" | "max_ms" | "bytes" | "received_ms", number>>(
        "SELECT min(min_ms) AS min_ms, max(max_ms) AS max_ms, sum(length(body)) AS bytes, min(received_ms) AS received_ms FROM journal WHERE first_seq BETWEEN ? AND ?",
        firstSeq,
        lastSeq,
      )
      .one();
    return { minMs: row.min_ms, maxMs: row.max_ms, bytes: row.bytes, receivedMs: row.received_ms };
  }

  forget({ firstSeq, lastSeq }: MessageRange): void {
    this.#sql.exec("DELETE FROM journal WHERE first_seq BETWEEN ? AND ?", firstSeq, lastSeq);
    this.#sql.exec("DELETE FROM messages WHERE first_seq = ?", firstSeq);
  }

  messages(): SentMessage[] {
    return this.#sql
      .exec<
        Record<"first_seq" | "last_seq" | "attempts", number> &
          Record<"due_ms" | "failed_ms", number | null> & { reason: string | null }
      >("SELECT * FROM messages ORDER BY first_seq")
      .toArray()
      .map((row) => ({
        firstSeq: row.first_seq,
        lastSeq: row.last_seq,
        attempts: row.attempts,
        dueMs: row.due_ms ?? undefined,
        failedMs: row.failed_ms ?? undefined,
        reason: row.reason ?? undefined,
      }));
  }

  writeMessage({ firstSeq, lastSeq, attempts, dueMs, failedMs, reason }: SentMessage): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?)",
      firstSeq,
      lastSeq,
      attempts,
      dueMs ?? null,
      failedMs ?? null,
      reason ?? null,
    );
  }

  origin(origin: Origin, nowMs: number): KnownOrigin | undefined {
    const [row] = this.#sql
      .exec<{ body_hash: string | null; first_seq: number | null; last_seq: number | null }>(
        "SELECT body_hash, first_seq, last_seq FROM origins WHERE name = ? AND expires_ms > ?",
        nameOfOrigin(origin),
        nowMs,
      )
      .toArray();
    return (
      row && {
        bodyHash: row.body_hash ?? undefined,
        first: row.first_seq ?? undefined,
        last: row.last_seq ?? undefined,
      }
    );
  }

  /** For a session, `body_hash` holds the number of its latest durable frame and `first_seq` the layout's epoch. */
  writeOrigin(origin: Origin, range: MessageRange | undefined, nowMs: number, epoch: number): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?, ?)",
      nameOfOrigin(origin),
      origin.kind === "key" ? origin.bodyHash : String(origin.lastFrame ?? origin.frame),
      origin.kind === "frame" ? epoch : (range?.firstSeq ?? null),
      range?.lastSeq ?? null,
      nowMs + keptMsOf(origin),
    );
  }

  sweepOrigins(nowMs: number): void {
    this.#sql.exec("DELETE FROM origins WHERE expires_ms < ?", nowMs);
  }

  /** A message as it travels; over `maxBytes` without its packs. */
  message(service: string, shard: number, { firstSeq, lastSeq }: MessageRange, maxBytes: number): DeliveryMessage {
    const packs = this.packs({ firstSeq, lastSeq });
    const bytes = packs.reduce((sum, { body }) => sum + body.length, 0);
    return { service, shard, firstSeq, lastSeq, packs: bytes <= maxBytes ? packs : undefined };
  }

  #packs(where: string, ...bindings: number[]): PlacedPack[] {
    return this.#sql
      .exec<Record<"first_seq" | "count" | "received_ms", number> & { body: ArrayBuffer }>(
        `SELECT first_seq, count, received_ms, body FROM journal ${where}`,
        ...bindings,
      )
      .toArray()
      .map((row) => ({
        firstSeq: row.first_seq,
        count: row.count,
        receivedMs: row.received_ms,
        body: new Uint8Array(row.body),
      }));
  }
}
