import { ColumnBuilder } from "./column-builder.ts";
import type { GroupReader } from "./group-reader.ts";
import { groupOf, isCurrent, rowsOf, wordsOf } from "./merge-segments.ts";
import { indexOf } from "./open-segment.ts";
import type { Codec } from "./parquet/format.ts";
import { inverse, placesOf, type Selection } from "./selection.ts";
import { SegmentWriter, type WrittenSegment } from "./write-segment.ts";

/**
 * A segment without the records that `select` finds; `left` is undefined where it finds all of them. Row groups in which it finds
 * nothing are copied as they are.
 *
 * @param onTaken told of each record that was taken out: they may be a million
 * @returns how many were taken out
 */
export async function withoutRecords(
  service: string,
  bytes: Uint8Array,
  select: (group: GroupReader) => Promise<Selection>,
  codec: Codec,
  onTaken: (tsMs: number, shard: number, seq: number) => void,
): Promise<{ taken: number; left: WrittenSegment | undefined }> {
  const { footer } = indexOf(bytes);
  const writer = new SegmentWriter(service, codec);
  let [taken, kept] = [0, 0];
  for (const [at, { rows }] of footer.groups.entries()) {
    const group = groupOf(bytes, footer, at, codec);
    const selected = await select(group);
    const places = placesOf(selected, rows);
    taken += places.length;
    kept += rows - places.length;
    await group.load(["time", "shard", "seq"]);
    const [times, shards, seqs] = (["time", "shard", "seq"] as const).map((name) => group.number(name));
    for (const place of places) onTaken(times![place]!, shards![place]!, seqs![place]!);
    if (places.length === 0 && isCurrent(footer)) {
      await group.load(["level", "status"]);
      writer.copy(bytes, footer.groups[at]!, wordsOf(footer, at), group);
    } else if (places.length < rows) {
      const builder = new ColumnBuilder();
      for (const each of await rowsOf(group, placesOf(inverse(selected), rows))) builder.add(each);
      for (const left of builder.groups()) writer.add(left);
    }
  }
  return { taken, left: kept === 0 || taken === 0 ? undefined : writer.finish() };
}
