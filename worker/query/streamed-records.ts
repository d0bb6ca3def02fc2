import type { RecordJson } from "../../core/record-json.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { cursorOf } from "./cursor.ts";
import { type FoundRecords, findRecords, type RecordsQuestion } from "./find-records.ts";
import { storedRange } from "./stored-range.ts";

/** One line of a streamed answer; the last one is `end`. */
export type StreamedLine =
  | { record: RecordJson }
  | { progress: { scanned: number /** Looked through so far, ISO 8601. */; from: string; to: string } }
  | { end: Omit<FoundRecords, "records"> };

/** The first stretch looked through is this share of the time in which there are records; each further one twice as long. */
const FIRST_SHARE = 1 / 32;
/** Below this a range is looked through at once. */
const SHORTEST_MS = 60_000;

/** What `findRecords` finds, in the same order, a stretch of time after the other: what is found first is told while the rest is looked for. */
export async function* streamedRecords(
  env: Env,
  question: RecordsQuestion,
  nowMs: number,
  onEnd: (scanned: number) => void,
): AsyncGenerator<StreamedLine, void> {
  const stretches = stretchesOf(question, await storedRange(env, question.service), question.order);
  const end: Omit<FoundRecords, "records"> = { scanned: 0, skipped: 0, sources: { memory: 0, hot: 0, segments: 0 } };
  let left = question.limit;
  for (const [at, stretch] of stretches.entries()) {
    const { records, cursor, scanned, skipped, sources, partial } = await findRecords(
      env,
      { ...question, ...stretch, limit: left },
      nowMs,
    );
    for (const record of records) yield { record };
    left -= records.length;
    end.scanned += scanned;
    end.skipped += skipped;
    for (const name of ["memory", "hot", "segments"] as const) end.sources[name] += sources[name];
    if (partial) end.partial = true;
    if (cursor !== undefined) end.cursor = cursor;
    else if (left === 0 && at < stretches.length - 1) end.cursor = placeAfter(records.at(-1)!);
    if (end.cursor !== undefined) break;
    if (at < stretches.length - 1) yield { progress: progressOf(stretches[0]!, stretch, end.scanned) };
  }
  onEnd(end.scanned);
  yield { end };
}

const placeAfter = ({ service, shard, seq, time }: RecordJson): string =>
  cursorOf({ tsMs: Date.parse(time), service, shard, seq });

function progressOf(first: TimeRange, last: TimeRange, scanned: number) {
  const iso = (ms: number): string => new Date(Math.max(-8.64e15, Math.min(ms, 8.64e15))).toISOString();
  return {
    scanned,
    from: iso(Math.min(first.fromMs, last.fromMs)),
    to: iso(Math.max(first.toMs, last.toMs)),
  };
}

/** Stretches that are the whole range together, in the order of the answer; cut where there are records. */
export function stretchesOf(range: TimeRange, stored: TimeRange | undefined, order: "newest" | "oldest"): TimeRange[] {
  const fromMs = Math.max(range.fromMs, stored?.fromMs ?? range.toMs);
  const toMs = Math.min(range.toMs, stored?.toMs ?? range.fromMs);
  const bounds: number[] = [];
  for (let share = FIRST_SHARE; toMs - fromMs > SHORTEST_MS && share < 1; share = share * 2 + FIRST_SHARE)
    bounds.push(Math.round(order === "newest" ? toMs - (toMs - fromMs) * share : fromMs + (toMs - fromMs) * share));
  const edges = [range.fromMs, ...bounds.toSorted((a, b) => a - b), range.toMs];
  const stretches = edges.slice(1).map((end, at) => ({ fromMs: edges[at]!, toMs: end }));
  return order === "newest" ? stretches.reverse() : stretches;
}
