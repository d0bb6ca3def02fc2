import { type AgentCells, packTextOf } from "../../../core/delivery/pack-text.ts";
import type { Filter } from "../../../core/query/filter.ts";
import type { LogRecord } from "../../../core/record.ts";
import type { Cell } from "../../../core/row.ts";
import type { Rows } from "../../../core/segment/column-builder.ts";
import { filterGroup } from "../../../core/segment/filter-group.ts";
import { GroupReader } from "../../../core/segment/group-reader.ts";
import { indexOf } from "../../../core/segment/open-segment.ts";
import type { Codec } from "../../../core/segment/parquet/format.ts";
import { ALL_COLUMNS, recordAt } from "../../../core/segment/record-at.ts";
import { placesOf } from "../../../core/segment/selection.ts";
import { zstdCodec } from "../../../worker/archive/zstd-codec.ts";

export const codec: Codec = zstdCodec(1);

/** Records as a message would bring them. */
export function rowsOf(records: readonly LogRecord[], firstSeq = 1, shard = 0): Rows {
  const { rows, agents } = packTextOf(records);
  return { shard, seqs: firstSeq, rows: JSON.parse(rows) as Cell[][], agents: JSON.parse(agents) as AgentCells[] };
}

/** A reader for each row group of an object. */
export function groupsOf(bytes: Uint8Array): GroupReader[] {
  const { footer } = indexOf(bytes);
  const read = (ranges: readonly { offset: number; bytes: number }[]): Promise<Uint8Array[]> =>
    Promise.resolve(ranges.map(({ offset, bytes: length }) => bytes.subarray(offset, offset + length)));
  return footer.groups.map((_, at) => new GroupReader(footer, at, read, codec));
}

export interface ReadRecord {
  shard: number;
  seq: number;
  record: LogRecord;
}

/** Everything in an object, in its order. */
export async function recordsOf(bytes: Uint8Array): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  for (const group of groupsOf(bytes)) {
    await group.load(ALL_COLUMNS);
    for (let at = 0; at < group.rows; at++)
      all.push({ shard: group.number("shard")[at]!, seq: group.number("seq")[at]!, record: recordAt(group, at) });
  }
  return all;
}

/** Seqs of the records that a filter finds. */
export async function seqsFound(bytes: Uint8Array, filter: Filter, service: string, nowMs: number): Promise<number[]> {
  const found: number[] = [];
  for (const group of groupsOf(bytes)) {
    const places = placesOf(await filterGroup(group, filter, { service, nowMs }), group.rows);
    await group.load(["seq"]);
    for (const at of places) found.push(group.number("seq")[at]!);
  }
  return found.sort((a, b) => a - b);
}
