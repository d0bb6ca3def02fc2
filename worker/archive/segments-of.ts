import type { Filter } from "../../core/query/filter.ts";
import { pruneOf, type SegmentStats } from "../../core/query/prune-of.ts";
import { mayContainOf } from "../../core/segment/word-filter.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { SEGMENT_COLUMNS, type SegmentColumns, type SegmentRow, segmentOf } from "./segment-row.ts";

/** A segment that has archived records of a range: those before `coldMs`. */
export interface FoundSegment extends SegmentRow {
  service: string;
}

const SELECT = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE service_id = (SELECT id FROM services WHERE name = ?1)
AND min_ms < ?3 AND max_ms >= ?2 AND cold_ms > max(?2, min_ms)`;
const SELECT_WORDS = `SELECT key, tokens FROM segments WHERE service_id = (SELECT id FROM services WHERE name = ?1)
AND (min_ms, shard, first_seq) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)) AND tokens IS NOT NULL`;
/** Up to 11 KB each. */
const WORDS_A_QUERY = 200;

/**
 * The segments of one service to read for a range. To be run in one batch with the question for hot rows: the two then say of every
 * record once where it is.
 */
export const selectSegments = (db: D1Database, service: string, { fromMs, toMs }: TimeRange): D1PreparedStatement =>
  db.prepare(SELECT).bind(service, fromMs, toMs);

export const foundSegments = (service: string, rows: readonly unknown[]): FoundSegment[] =>
  (rows as SegmentColumns[]).map((row) => ({ service, ...segmentOf(row) }));

/** Leaves out segments in which the filter can find nothing, as far as the database knows. */
export async function prunedSegments(
  db: D1Database,
  segments: readonly FoundSegment[],
  filter: Filter | undefined,
  nowMs: number,
): Promise<FoundSegment[]> {
  if (!filter) return [...segments];
  const left = segments.filter((segment) => pruneOf(filter, statsOf(segment), nowMs) !== "none");
  if (!asksForText(filter)) return left;
  const found: FoundSegment[] = [];
  for (const segments of Map.groupBy(left, ({ service }) => service).values()) {
    for (let from = 0; from < segments.length; from += WORDS_A_QUERY)
      found.push(...(await withWords(db, segments.slice(from, from + WORDS_A_QUERY), filter, nowMs)));
  }
  return found;
}

/** Segments of one service whose words do not speak against it. */
async function withWords(
  db: D1Database,
  segments: readonly FoundSegment[],
  filter: Filter,
  nowMs: number,
): Promise<FoundSegment[]> {
  const places = segments.map(({ minMs, shard, firstSeq }) => [minMs, shard, firstSeq]);
  const { results } = await db
    .prepare(SELECT_WORDS)
    .bind(segments[0]!.service, JSON.stringify(places))
    .all<{ key: string; tokens: string }>();
  const words = new Map(results.map(({ key, tokens }) => [key, tokens]));
  return segments.filter((segment) => {
    const text = words.get(segment.key);
    if (text === undefined) return true;
    return pruneOf(filter, { ...statsOf(segment), mayContain: mayContainOf(text) }, nowMs) !== "none";
  });
}

function asksForText(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.parts.some(asksForText);
    case "not":
      return asksForText(filter.part);
    default:
      return filter.kind === "text" || filter.kind === "is";
  }
}

function statsOf({ service, minMs, maxMs, coldMs, levels, statuses }: FoundSegment): SegmentStats {
  return { service, minMs, maxMs: Math.min(maxMs, coldMs - 1), levels, numbers: { status: statusStats(statuses) } };
}

/** Known by the hundred; bit 0 stands for none and for what is no HTTP status, so that nothing is known of the bounds then. */
function statusStats(statuses: number) {
  const classes = [1, 2, 3, 4, 5].filter((digit) => statuses & (1 << digit));
  if (statuses & 1) return { min: 0, max: Number.MAX_SAFE_INTEGER, hasGaps: true };
  return { min: classes[0]! * 100, max: classes.at(-1)! * 100 + 99, hasGaps: false };
}
