import { NO_LEVEL_BIT } from "../query/prune-of.ts";
import { LEVELS, type Level } from "../record.ts";
import { ColumnBuilder, type GroupData, type Rows } from "./column-builder.ts";
import { COLUMNS, GROUP_ROWS } from "./columns.ts";
import type { GroupReader } from "./group-reader.ts";
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
  const writer = new SegmentWriter(service, codec);
  for (let from = 0; from < order.length; from += GROUP_ROWS)
    writer.add(builder.take(order.subarray(from, from + GROUP_ROWS)));
  return writer.finish();
}

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
    const chunks = COLUMNS.map((column) => writeChunk(this.#writer, 0, column, data[column.name], this.#codec));
    this.#close({ rows: data.time.length, chunks }, { ...factsOf(data), words: wordsOf(data) });
  }

  /**
   * Takes over a group of another object as it is.
   *
   * @param words its WordFilter's text, where it has one
   * @param reader of the group, with time, shard, seq, level and status loaded
   */
  copy(bytes: Uint8Array, { rows, chunks }: RowGroup, words: string | undefined, reader: GroupReader): void {
    const from = chunks[0]!.offset;
    const to = Math.max(...chunks.map(({ offset, bytes: length }) => offset + length));
    const moved = this.#writer.length - from;
    this.#writer.append(bytes.subarray(from, to));
    const { texts, codes } = reader.text("level");
    const level = {
      texts: Array.from({ length: texts.count }, (_, at) => texts.at(at)),
      codes: Uint32Array.from(codes, (code) => (code === texts.count ? NO_TEXT : code)),
    };
    const [time, shard, seq, status] = (["time", "shard", "seq", "status"] as const).map((name) => reader.number(name));
    this.#close(
      { rows, chunks: chunks.map((chunk) => ({ ...chunk, offset: chunk.offset + moved })) },
      { ...factsOf({ time: time!, shard: shard!, seq: seq!, status: status!, level }), words },
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

/** What words are looked for in; method and protocol are parts of a request line. */
const WORD_COLUMNS = ["message", "path", "referrer", "user_agent", "raw", "attrs", "method", "protocol"] as const;

function wordsOf(data: GroupData): string | undefined {
  const filter = new WordFilter();
  for (const name of WORD_COLUMNS) for (const text of data[name].texts) filter.add(text);
  return filter.text();
}

type FactColumns = Pick<GroupData, "time" | "shard" | "seq" | "level" | "status">;

function factsOf({ time, shard, seq, level, status }: FactColumns): Omit<SegmentFacts, "words"> {
  const levels = level.texts.reduce((sum, text) => sum | (1 << LEVELS.indexOf(text as Level)), 0);
  let statuses = 0;
  for (const value of status) statuses |= value >= 100 && value <= 599 ? 1 << Math.floor(value / 100) : 1;
  return {
    records: time.length,
    minMs: time[0]!,
    maxMs: time.at(-1)!,
    shard: shard[0]!,
    firstSeq: seq[0]!,
    levels: level.codes.includes(NO_TEXT) ? levels | NO_LEVEL_BIT : levels,
    statuses,
  };
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
