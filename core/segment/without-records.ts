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
 * @returns the times of the records that were taken out
 */
export async function withoutRecords(
  service: string,
  bytes: Uint8Array,
  select: (group: GroupReader) => Promise<Selection>,
  codec: Codec,
): Promise<{ times: number[]; left: WrittenSegment | undefined }> {
  const { footer } = indexOf(bytes);
  const writer = new SegmentWriter(service, codec);
  const times: number[] = [];
  let kept = 0;
  for (const [at, { rows }] of footer.groups.entries()) {
    const group = groupOf(bytes, footer, at, codec);
    const selected = await select(group);
    const taken = placesOf(selected, rows);
    kept += rows - taken.length;
    await group.load(["time"]);
    for (const place of taken) times.push(group.number("time")[place]!);
    if (taken.length === 0 && isCurrent(footer)) {
      await group.load(["time", "shard", "seq", "level", "status"]);
      writer.copy(bytes, footer.groups[at]!, wordsOf(footer, at), group);
    } else if (taken.length < rows) {
      const builder = new ColumnBuilder();
      for (const each of await rowsOf(group, placesOf(inverse(selected), rows))) builder.add(each);
      writer.add(builder.take(builder.order()));
    }
  }
  return { times, left: kept === 0 || times.length === 0 ? undefined : writer.finish() };
}
