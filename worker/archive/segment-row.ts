import type { SegmentFacts } from "../../core/segment/write-segment.ts";

export type SegmentKind = "spilled" | "sealed" | "merged";
/** Shard, first seq and last seq of records that follow one another. */
export type SeqRun = [shard: number, firstSeq: number, lastSeq: number];

/** A segment as the database knows it; migrations/schema.ts says what each part means. */
export interface SegmentRow extends Omit<SegmentFacts, "words"> {
  coldMs: number;
  bytes: number;
  receivedFromMs: number;
  receivedToMs: number;
  hotUntilMs: number | null;
  kind: SegmentKind;
  key: string;
  hash: string;
  seqs: SeqRun[];
  words: string | undefined;
}

const COLUMNS =
  "min_ms, shard, first_seq, max_ms, cold_ms, records, bytes, received_from_ms, received_to_ms, levels, statuses, hot_until_ms, kind, key, hash, seqs, tokens";

/**
 * One written row. Fails where there is a segment with the same first record.
 *
 * @param linked 1 where the same transaction writes it into the log
 */
export const insertSegment = (
  db: D1Database,
  service: string,
  row: SegmentRow,
  linked: 0 | 1 = 0,
): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO segments (service_id, ${COLUMNS}, linked) SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19 FROM services WHERE name = ?1`,
    )
    .bind(
      service,
      row.minMs,
      row.shard,
      row.firstSeq,
      row.maxMs,
      row.coldMs,
      row.records,
      row.bytes,
      row.receivedFromMs,
      row.receivedToMs,
      row.levels,
      row.statuses,
      row.hotUntilMs,
      row.kind,
      row.key,
      row.hash,
      JSON.stringify(row.seqs),
      row.words ?? null,
      linked,
    );

/** Columns to select for `segmentOf`; `tokens` only where words are asked for. */
export const SEGMENT_COLUMNS = COLUMNS.replace(", tokens", "");

export interface SegmentColumns {
  min_ms: number;
  shard: number;
  first_seq: number;
  max_ms: number;
  cold_ms: number;
  records: number;
  bytes: number;
  received_from_ms: number;
  received_to_ms: number;
  levels: number;
  statuses: number;
  hot_until_ms: number | null;
  kind: SegmentKind;
  key: string;
  hash: string;
  seqs: string;
  tokens?: string | null;
}

export const segmentOf = (row: SegmentColumns): SegmentRow => ({
  minMs: row.min_ms,
  shard: row.shard,
  firstSeq: row.first_seq,
  maxMs: row.max_ms,
  coldMs: row.cold_ms,
  records: row.records,
  bytes: row.bytes,
  receivedFromMs: row.received_from_ms,
  receivedToMs: row.received_to_ms,
  levels: row.levels,
  statuses: row.statuses,
  hotUntilMs: row.hot_until_ms,
  kind: row.kind,
  key: row.key,
  hash: row.hash,
  seqs: JSON.parse(row.seqs) as SeqRun[],
  words: row.tokens ?? undefined,
});

/** Records before `coldMs` are answered from the segment: with this all of them are. */
export const allCold = (maxMs: number): number => maxMs + 1;
