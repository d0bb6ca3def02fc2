import { NO_LEVEL_BIT } from "../query/prune-of.ts";
import { LEVELS, type Level } from "../record.ts";
import { ColumnBuilder, type GroupData, type Rows } from "./column-builder.ts";
import { COLUMNS, GROUP_ROWS } from "./columns.ts";
import { ByteWriter } from "./parquet/byte-writer.ts";
import { footerBytes, type RowGroup } from "./parquet/footer.ts";
import { type Codec, MAGIC } from "./parquet/format.ts";
import { NO_TEXT, writeChunk } from "./parquet/write-chunk.ts";
import { WordFilter } from "./word-filter.ts";

/** What is known of a segment without reading it. */
export interface SegmentFacts {
  records: number;
  minMs: number;
  maxMs: number;
  /** Place of the first record in the order of time, shard and seq. */
  shard: number;
  firstSeq: number;
  /** Bit n: some record has LEVELS[n]; see NO_LEVEL_BIT. */
  levels: number;
  /** Bit n: some record's status begins with n; bit 0: some record has none, or another. */
  statuses: number;
  /** Text of the WordFilter of all records. */
  words: string | undefined;
}

export interface WrittenSegment {
  bytes: Uint8Array;
  facts: SegmentFacts;
}

/** Names of the notes in the footer: the service, and the WordFilter of each row group. */
export const SERVICE_NOTE = "weir.service";
export const WORDS_NOTE = "weir.words";

/** Rows as a Parquet object, sorted by time, shard and seq. There has to be at least one. */
export function writeSegment(service: string, all: Iterable<Rows>, codec: Codec): WrittenSegment {
  const builder = new ColumnBuilder();
  for (const rows of all) builder.add(rows);
  const order = builder.order();
  const writer = new ByteWriter(order.length * 24 + 8_192);
  writer.append(new TextEncoder().encode(MAGIC));
  const groups: RowGroup[] = [];
  const words: (string | null)[] = [];
  let facts: SegmentFacts | undefined;
  for (let from = 0; from < order.length; from += GROUP_ROWS) {
    const data = builder.take(order.subarray(from, from + GROUP_ROWS));
    groups.push({
      rows: data.time.length,
      chunks: COLUMNS.map((column) => writeChunk(writer, 0, column, data[column.name], codec)),
    });
    const group = factsOf(data);
    words.push(group.words ?? null);
    facts = facts ? joined(facts, group) : group;
  }
  if (!facts) throw new RangeError("a segment has at least one record");
  const notes = { [SERVICE_NOTE]: service, [WORDS_NOTE]: JSON.stringify(words) };
  writer.append(footerBytes({ columns: COLUMNS, groups, notes }));
  return { bytes: writer.bytes(), facts };
}

/** What words are looked for in; method and protocol are parts of a request line. */
const WORD_COLUMNS = ["message", "path", "referrer", "user_agent", "raw", "attrs", "method", "protocol"] as const;

function factsOf(data: GroupData): SegmentFacts {
  const filter = new WordFilter();
  for (const name of WORD_COLUMNS) for (const text of data[name].texts) filter.add(text);
  const levels = data.level.texts.reduce((sum, text) => sum | (1 << LEVELS.indexOf(text as Level)), 0);
  let statuses = 0;
  for (const value of data.status) statuses |= value >= 100 && value <= 599 ? 1 << Math.floor(value / 100) : 1;
  return {
    records: data.time.length,
    minMs: data.time[0]!,
    maxMs: data.time.at(-1)!,
    shard: data.shard[0]!,
    firstSeq: data.seq[0]!,
    levels: data.level.codes.includes(NO_TEXT) ? levels | NO_LEVEL_BIT : levels,
    statuses,
    words: filter.text(),
  };
}

/** Facts of records of which those of `b` come after those of `a`. */
export const joined = (a: SegmentFacts, b: SegmentFacts): SegmentFacts => ({
  ...a,
  records: a.records + b.records,
  maxMs: Math.max(a.maxMs, b.maxMs),
  levels: a.levels | b.levels,
  statuses: a.statuses | b.statuses,
  // Row groups have their own; one over all of them would say "maybe" of everything.
  words: undefined,
});
