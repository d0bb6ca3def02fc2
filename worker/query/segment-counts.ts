import type { TextColumnName } from "../../core/segment/columns.ts";
import { placesOf } from "../../core/segment/selection.ts";
import type { FoundSegment } from "../archive/segments-of.ts";
import type { Env } from "../env.ts";
import { type ScanOutcome, type SegmentScan, scanSegments } from "./scan-segments.ts";

/**
 * Adds how often each text of a column stands among the archived records that a question finds: numbers are counted, and each
 * text is looked at once a row group.
 *
 * @param otherwise the column that has the text where the first one has none
 */
export function addSegmentCounts(
  env: Env,
  segments: readonly FoundSegment[],
  scan: Omit<SegmentScan, "order">,
  [column, otherwise]: readonly [TextColumnName, TextColumnName?],
  counts: Map<string, number>,
): Promise<ScanOutcome> {
  const columns = otherwise ? [column, otherwise] : [column];
  return scanSegments(
    env,
    segments,
    { ...scan, order: "newest", columnsOf: () => columns },
    async ({ group, rows }) => {
      await group.load(columns);
      let without = placesOf(rows, group.rows);
      for (const name of columns) {
        const { texts, codes } = group.text(name);
        const times = new Uint32Array(texts.count + 1);
        const left: number[] = [];
        for (const at of without) {
          const code = codes[at]!;
          times[code]!++;
          if (code === texts.count) left.push(at);
        }
        for (let code = 0; code < texts.count; code++) {
          if (times[code]! > 0) counts.set(texts.at(code), (counts.get(texts.at(code)) ?? 0) + times[code]!);
        }
        without = Uint32Array.from(left);
      }
    },
  );
}
