import { agentIdOf } from "../delivery/agent-id.ts";
import type { AgentCells } from "../delivery/pack-text.ts";
import { type Cell, rowOf } from "../row.ts";
import { ColumnBuilder, type Rows } from "./column-builder.ts";
import { COLUMNS, GROUP_ROWS } from "./columns.ts";
import { GroupReader } from "./group-reader.ts";
import { indexOf } from "./open-segment.ts";
import type { Footer } from "./parquet/footer.ts";
import type { Codec } from "./parquet/format.ts";
import { ALL_COLUMNS, recordAt } from "./record-at.ts";
import { SegmentWriter, WORDS_NOTE, type WrittenSegment } from "./write-segment.ts";

/** A group of this many rows is taken over as it is; smaller ones are put together. */
export const KEPT_ROWS = GROUP_ROWS / 2;

/**
 * Several segments of one service as one. Row groups that are large enough are copied byte by byte; the records of the others are
 * sorted into new ones. Row groups stand in the order of their first records.
 */
export async function mergeSegments(
  service: string,
  objects: readonly Uint8Array[],
  codec: Codec,
): Promise<WrittenSegment> {
  const groups = objects.flatMap((bytes) => {
    const { footer } = indexOf(bytes);
    return footer.groups.map((group, at) => ({ bytes, footer, group, at, minMs: minMsOf(footer, at) }));
  });
  groups.sort((a, b) => a.minMs - b.minMs);
  const writer = new SegmentWriter(service, codec);
  let small = new ColumnBuilder();
  const flush = (): void => {
    for (const group of small.groups()) writer.add(group);
    small = new ColumnBuilder();
  };
  for (const { bytes, footer, group, at } of groups) {
    const reader = groupOf(bytes, footer, at, codec);
    if (group.rows >= KEPT_ROWS && isCurrent(footer)) {
      await reader.load(["time", "shard", "seq", "level", "status"]);
      writer.copy(bytes, group, wordsOf(footer, at), reader);
    } else {
      if (small.length > 0 && small.length + group.rows > GROUP_ROWS) flush();
      for (const rows of await rowsOf(reader)) small.add(rows);
    }
  }
  flush();
  return writer.finish();
}

export function groupOf(bytes: Uint8Array, footer: Footer, at: number, codec: Codec): GroupReader {
  return new GroupReader(
    footer,
    at,
    async (ranges) => ranges.map(({ offset, bytes: length }) => bytes.subarray(offset, offset + length)),
    codec,
  );
}

/** Objects of earlier versions lack columns: their records are written anew. */
export const isCurrent = ({ columns }: Footer): boolean =>
  columns.length === COLUMNS.length &&
  COLUMNS.every(({ name, type }, at) => columns[at]!.name === name && columns[at]!.type === type);

export const wordsOf = ({ notes }: Footer, at: number): string | undefined =>
  (JSON.parse(notes[WORDS_NOTE] ?? "[]") as (string | null)[])[at] ?? undefined;

const minMsOf = ({ columns, groups }: Footer, at: number): number =>
  groups[at]!.chunks[columns.findIndex(({ name }) => name === "time")]!.min!;

/**
 * The records of a group as rows, those of each shard together.
 *
 * @param keep places to take; all where absent
 */
export async function rowsOf(group: GroupReader, keep?: Uint32Array): Promise<Rows[]> {
  await group.load(ALL_COLUMNS);
  const shards = new Map<number, ReturnType<typeof emptyRows>>();
  const count = keep ? keep.length : group.rows;
  for (let n = 0; n < count; n++) {
    const at = keep ? keep[n]! : n;
    const shard = group.number("shard")[at]!;
    const rows = shards.get(shard) ?? emptyRows(shard);
    shards.set(shard, rows);
    const record = recordAt(group, at);
    const { userAgent } = record;
    const id = userAgent === undefined ? null : agentIdOf(userAgent);
    if (id !== null && !rows.agents.has(id)) {
      const { browser = null, os = null, device = null, bot = null } = record;
      rows.agents.set(id, [id, userAgent!, browser, os, device, bot]);
    }
    rows.seqs.push(group.number("seq")[at]!);
    rows.rows.push(rowOf(record, id));
  }
  return [...shards.values()].map((rows) => ({ ...rows, agents: [...rows.agents.values()] }));
}

const emptyRows = (shard: number) => ({
  shard,
  seqs: [] as number[],
  rows: [] as Cell[][],
  agents: new Map<number, AgentCells>(),
});
