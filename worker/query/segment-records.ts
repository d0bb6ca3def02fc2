import type { LogRecord } from "../../core/record.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import type { ColumnName } from "../../core/segment/columns.ts";
import type { GroupReader } from "../../core/segment/group-reader.ts";
import { ALL_COLUMNS, recordAt } from "../../core/segment/record-at.ts";
import { placesOf } from "../../core/segment/selection.ts";
import type { FoundSegment } from "../archive/segments-of.ts";
import type { Env } from "../env.ts";
import { comparePlaces, type Place } from "./cursor.ts";
import type { HotQuestion } from "./hot-records.ts";
import { type ScanOutcome, type SegmentScan, scanSegments } from "./scan-segments.ts";

/** A record that may be part of the answer. */
interface Candidate {
  place: Place;
  /** Where it stands in the row group that is being looked through. */
  at: number;
  record?: LogRecord;
}

/**
 * The first archived records of the order, as many as asked for, and how many were looked at.
 *
 * @param question its `columns`: those that the records are made of, `time` among them. All by default
 */
export async function segmentRecords(
  env: Env,
  segments: readonly FoundSegment[],
  question: HotQuestion & Pick<SegmentScan, "isPaged"> & { columns?: readonly ColumnName[] },
): Promise<ScanOutcome & { found: PlacedRecord[] }> {
  const { limit, order, after, columns = ALL_COLUMNS } = question;
  const only = question.columns && new Set(question.columns);
  const sign = order === "newest" ? -1 : 1;
  let best: Candidate[] = [];
  const outcome = await scanSegments(
    env,
    segments,
    {
      ...question,
      // A record of the cursor's own millisecond may come after it.
      ...(after && order === "newest" ? { toMs: Math.min(question.toMs, after.tsMs + 1) } : {}),
      ...(after && order === "oldest" ? { fromMs: Math.max(question.fromMs, after.tsMs) } : {}),
      isEnough: (boundMs) => best.length >= limit && sign * (boundMs - best[limit - 1]!.place.tsMs) > 0,
    },
    async ({ service, group, rows }) => {
      const places = placesOf(rows, group.rows);
      await group.load(["time", "shard", "seq"]);
      const found: Candidate[] = [];
      // The rows of a group are in order, so its first ones are enough.
      for (let n = 0; n < places.length && found.length < limit; n++) {
        const at = places[order === "newest" ? places.length - 1 - n : n]!;
        const place = placeAt(service, group, at);
        if (!after || sign * comparePlaces(place, after) > 0) found.push({ place, at });
      }
      best = [...best, ...found].sort((a, b) => sign * comparePlaces(a.place, b.place)).slice(0, limit);
      // Read now, of the records that are needed only, so that the row group need not stay in memory.
      const kept = best.filter(({ record }) => record === undefined);
      if (kept.length > 0) await group.load(columns);
      for (const candidate of kept) candidate.record = recordAt(group, candidate.at, only);
    },
  );
  const found = best.map(({ place: { service, shard, seq }, record }) => ({ service, shard, seq, record: record! }));
  return { ...outcome, found };
}

const placeAt = (service: string, group: GroupReader, at: number): Place => ({
  tsMs: group.number("time")[at]!,
  service,
  shard: group.number("shard")[at]!,
  seq: group.number("seq")[at]!,
});
