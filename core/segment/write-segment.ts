import { NO_LEVEL_BIT } from "../query/prune-of.ts";
import { LEVELS, type Level } from "../record.ts";
import { ColumnBuilder, type GroupData, type PackedRows, type Rows } from "./column-builder.ts";
import { COLUMNS, type ColumnName, type TextColumnName } from "./columns.ts";
import type { GroupReader } from "./group-reader.ts";
import { ByteWriter } from "./parquet/byte-writer.ts";
import { footerBytes, type RowGroup } from "./parquet/footer.ts";
import { type ChunkInfo, type Codec, MAGIC } from "./parquet/format.ts";
import { LENGTH_BYTES, NO_TEXTS, textAt } from "./parquet/plain-texts.ts";
import { NO_TEXT, type NumberData, type TextData, writeChunk } from "./parquet/write-chunk.ts";
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
export function writeSegment(service: string, all: Iterable<Rows | PackedRows>, codec: Codec): WrittenSegment {
  const builder = new ColumnBuilder();
  for (const rows of all) builder.add(rows);
  return writeColumns(service, builder, codec);
}

/** The same of rows that stand in columns already. */
export function writeColumns(service: string, builder: ColumnBuilder, codec: Codec): WrittenSegment {
  const writer = new SegmentWriter(service, codec);
  for (const group of builder.groups()) writer.add(group);
  return writer.finish();
}

/** What words are looked for in; method and protocol are parts of a request line. */
const WORD_COLUMNS: readonly TextColumnName[] = [
  "method",
  "protocol",
  "path",
  "referrer",
  "user_agent",
  "message",
  "attrs",
  "raw",
];

const placeOf = (name: ColumnName): number => {
  const at = (WORD_COLUMNS as readonly ColumnName[]).indexOf(name);
  return at < 0 ? WORD_COLUMNS.length : at;
};

/** What words are looked for in stands side by side: one request reads it. The footer names columns in their own order. */
const LAID_OUT = [...COLUMNS.entries()].sort(
  ([a, one], [b, other]) => placeOf(one.name) - placeOf(other.name) || a - b,
);

/** Puts row groups together to an object. */
export class SegmentWriter {
  readonly #writer = new ByteWriter(64 * 1_024);
  readonly #groups: RowGroup[] = [];
  readonly #words: (string | null)[] = [];
  readonly #service: string;
  readonly #codec: Codec;
  #facts: SegmentFacts | undefined;

  constructor(service: string, codec: Codec) {
    this.#service = service;
    this.#codec = codec;
    this.#writer.append(new TextEncoder().encode(MAGIC));
  }

  add(data: GroupData): void {
    const rows = data.time!.length;
    const chunks = new Array<ChunkInfo>(COLUMNS.length);
    for (const [at, column] of LAID_OUT)
      chunks[at] = writeChunk(this.#writer, 0, { ...column, rows, data: data[column.name] }, this.#codec);
    this.#close({ rows, chunks }, { ...factsOf(data, levelsOf(data.level)), words: wordsOf(data) });
  }

  /**
   * Takes over a group of another object as it is.
   *
   * @param words its WordFilter's text, where it has one
   * @param reader of the group, with time, shard, seq, level and status loaded
   */
  copy(bytes: Uint8Array, { rows, chunks }: RowGroup, words: string | undefined, reader: GroupReader): void {
    const from = Math.min(...chunks.map(({ offset }) => offset));
    const to = Math.max(...chunks.map(({ offset, bytes: length }) => offset + length));
    const moved = this.#writer.length - from;
    this.#writer.append(bytes.subarray(from, to));
    const { texts, codes } = reader.text("level");
    let levels = codes.includes(texts.count) ? NO_LEVEL_BIT : 0;
    for (let at = 0; at < texts.count; at++) levels |= 1 << LEVELS.indexOf(texts.at(at) as Level);
    const [time, shard, seq, status] = (["time", "shard", "seq", "status"] as const).map((name) => reader.number(name));
    this.#close(
      { rows, chunks: chunks.map((chunk) => ({ ...chunk, offset: chunk.offset + moved })) },
      { ...factsOf({ time, shard, seq, status }, levels), words },
    );
  }

  /** Throws a RangeError where nothing was added: a segment has at least one record. */
  finish(): WrittenSegment {
    if (!this.#facts) throw new RangeError("a segment has at least one record");
    const notes = { [SERVICE_NOTE]: this.#service, [WORDS_NOTE]: JSON.stringify(this.#words) };
    this.#writer.append(footerBytes({ columns: COLUMNS, groups: this.#groups, notes }));
    return { bytes: this.#writer.bytes(), facts: this.#facts };
  }

  #close(group: RowGroup, facts: SegmentFacts): void {
    this.#groups.push(group);
    this.#words.push(facts.words ?? null);
    this.#facts = this.#facts ? joined(this.#facts, facts) : facts;
  }
}

function wordsOf(data: GroupData): string | undefined {
  const filter = new WordFilter();
  for (const name of WORD_COLUMNS) {
    const { count, page, starts } = data[name]?.texts ?? NO_TEXTS;
    for (let at = 0; at < count; at++) filter.addBytes(page, starts[at]! + LENGTH_BYTES, starts[at + 1]!);
  }
  return filter.text();
}

type FactColumns = Pick<GroupData, "time" | "shard" | "seq" | "status">;

function factsOf({ time, shard, seq, status }: FactColumns, levels: number): Omit<SegmentFacts, "words"> {
  return {
    records: time!.length,
    minMs: time![0]!,
    maxMs: time!.at(-1)!,
    shard: shard![0]!,
    firstSeq: seq![0]!,
    levels,
    statuses: statusesOf(status),
  };
}

function levelsOf(data: TextData | undefined): number {
  if (!data) return NO_LEVEL_BIT;
  const { texts, codes } = data;
  let levels = codes.includes(NO_TEXT) ? NO_LEVEL_BIT : 0;
  for (let at = 0; at < texts.count; at++) levels |= 1 << LEVELS.indexOf(textAt(texts, at) as Level);
  return levels;
}

function statusesOf(status: NumberData | undefined): number {
  if (!status) return 1;
  let statuses = 0;
  for (let at = 0; at < status.length; at++) {
    const value = status[at]!;
    statuses |= value >= 100 && value <= 599 ? 1 << (value / 100) : 1;
  }
  return statuses;
}

/** Facts of both. */
function joined(a: SegmentFacts, b: SegmentFacts): SegmentFacts {
  const isFirst = (a.minMs - b.minMs || a.shard - b.shard || a.firstSeq - b.firstSeq) < 0;
  const { minMs, shard, firstSeq } = isFirst ? a : b;
  return {
    ...{ minMs, shard, firstSeq },
    records: a.records + b.records,
    maxMs: Math.max(a.maxMs, b.maxMs),
    levels: a.levels | b.levels,
    statuses: a.statuses | b.statuses,
    // Row groups have their own; one over all of them would say "maybe" of everything.
    words: undefined,
  };
}
