import type { AgentCells } from "../../core/delivery/pack-text.ts";
import type { Cell } from "../../core/row.ts";
import { groupOf, rowsOf } from "../../core/segment/merge-segments.ts";
import { indexOf } from "../../core/segment/open-segment.ts";
import type { Footer } from "../../core/segment/parquet/footer.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { FAST_LEVEL, zstdCodec } from "./zstd-codec.ts";

/** A row with its place in its stream. */
export type PlacedCells = readonly [shard: number, seq: number, ...cells: Cell[]];

/** Rows in memory at once: a merged segment has a million, and an isolate 128 MB. */
const STEP_ROWS = 20_000;

const codec = zstdCodec(FAST_LEVEL);

export interface RowsBack {
  /** Sorted by time; every row of the segment from this one's time on, up to the step before. */
  rows: PlacedCells[];
  agents: Map<number, AgentCells>;
}

export const timeOf = (row: PlacedCells): number => row[2] as number;

/** A segment's rows of a range as hot rows, the latest first, some at a time; rows of one millisecond come together. */
export async function* rowsBack(
  bytes: Uint8Array,
  { fromMs, toMs }: TimeRange,
  stepRows = STEP_ROWS,
): AsyncGenerator<RowsBack, void> {
  const { footer } = indexOf(bytes);
  const times = await timesBetween(bytes, footer, { fromMs, toMs });
  let endMs = toMs;
  for (let left = times.length; left > 0; ) {
    const cutMs = times[Math.max(0, left - stepRows)]!;
    yield await rowsBetween(bytes, footer, { fromMs: cutMs, toMs: endMs });
    while (left > 0 && times[left - 1]! >= cutMs) left--;
    endMs = cutMs;
  }
}

/** Row groups that have rows of a range, and which. */
async function* placesBetween(bytes: Uint8Array, footer: Footer, { fromMs, toMs }: TimeRange) {
  for (let at = 0; at < footer.groups.length; at++) {
    const group = groupOf(bytes, footer, at, codec);
    const { min = fromMs, max = fromMs } = group.rangeOf("time");
    if (min >= toMs || max < fromMs) continue;
    await group.load(["time"]);
    const times = group.number("time");
    const places: number[] = [];
    for (let row = 0; row < group.rows; row++) if (times[row]! >= fromMs && times[row]! < toMs) places.push(row);
    if (places.length > 0) yield { group, times, places: Uint32Array.from(places) };
  }
}

async function timesBetween(bytes: Uint8Array, footer: Footer, range: TimeRange): Promise<Float64Array> {
  const found: Float64Array[] = [];
  for await (const { times, places } of placesBetween(bytes, footer, range))
    found.push(Float64Array.from(places, (place) => times[place]!));
  const all = new Float64Array(found.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const times of found) {
    all.set(times, to);
    to += times.length;
  }
  return all.sort();
}

async function rowsBetween(bytes: Uint8Array, footer: Footer, range: TimeRange): Promise<RowsBack> {
  const rows: PlacedCells[] = [];
  const agents = new Map<number, AgentCells>();
  for await (const { group, places } of placesBetween(bytes, footer, range)) {
    for (const each of await rowsOf(group, places)) {
      for (const agent of each.agents) agents.set(agent[0], agent);
      for (const [at, cells] of each.rows.entries())
        rows.push([each.shard, (each.seqs as readonly number[])[at]!, ...cells]);
    }
  }
  return { rows: rows.sort((a, b) => timeOf(a) - timeOf(b)), agents };
}
