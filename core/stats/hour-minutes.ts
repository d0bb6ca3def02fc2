import { LEVELS } from "../record.ts";
import type { SectionName } from "../summary/sections.ts";
import { STEPS_MS } from "../summary/steps.ts";
import { emptySummary, mergeInto, type Summary } from "../summary/summary.ts";
import type { SummaryPart } from "../summary/summary-part.ts";
import type { TimeRange } from "../time-range.ts";
import { type FiguresJson, figuresOf } from "./bucket-json.ts";

const [MINUTE_MS, HOUR_MS] = STEPS_MS;
const MINUTES = HOUR_MS / MINUTE_MS;
const LEVEL_COUNTS = LEVELS.length + 1;

/**
 * What is told of each of the 60 minutes of an hour, as a row of the table `hour_minutes` holds it: JSON arrays of numbers, because to
 * parse them takes a hundredth of what reading 60 summaries takes, and columns, because most questions need one or two.
 */
export interface HourMinutes {
  counts: string;
  /** Seven a minute, as `Summary.levels`. */
  levels: string;
  /** An array for each status that occurs, ascending: the status, then its count in each minute. */
  statuses: string;
  bytes: string;
  /** For each minute 0 or [p50, p90, p95, p99, max, avg] in milliseconds, rounded as answers round them. */
  durations: string;
  /** Two a minute: unique addresses, unique users. */
  uniques: string;
}
export type HourColumn = keyof HourMinutes;

/** Sections that add up: of any minutes, services and steps. */
export const ADDITIVE: ReadonlySet<SectionName> = new Set<SectionName>(["levels", "statuses", "bytes"]);

const COLUMN_OF: Partial<Record<SectionName, HourColumn>> = {
  ...{
    levels: "levels",
    statuses: "statuses",
    bytes: "bytes",
    durations: "durations",
    ips: "uniques",
    users: "uniques",
  },
};

/** The columns that tell of these sections, the count always among them; undefined where a minute's row does not have one. */
export function hourColumns(only: ReadonlySet<SectionName>): HourColumn[] | undefined {
  const columns = [...only].map((name) => COLUMN_OF[name]);
  if (columns.includes(undefined)) return undefined;
  return [...new Set<HourColumn>(["counts", ...(columns as HourColumn[])])];
}

/** Of the minutes of the hour that begins at `startMs`; parts of other times are left out. The parts do not change. */
export function hourMinutesOf(parts: Iterable<SummaryPart>, startMs: number): HourMinutes {
  const summaries: Summary[] = Array.from({ length: MINUTES }, emptySummary);
  for (const part of parts) {
    const minute = summaries[(part.startMs - startMs) / MINUTE_MS];
    if (minute && part.stepMs === MINUTE_MS) mergeInto(minute, part.summary);
  }
  const figures = summaries.map(figuresOf);
  const statuses = [...new Set(summaries.flatMap((summary) => [...summary.statuses.keys()]))].sort((a, b) => a - b);
  return {
    counts: JSON.stringify(summaries.map(({ count }) => count)),
    levels: JSON.stringify(summaries.flatMap(({ levels }) => levels)),
    statuses: JSON.stringify(
      statuses.map((status) => [status, ...summaries.map((summary) => summary.statuses.get(status) ?? 0)]),
    ),
    bytes: JSON.stringify(summaries.map(({ bytes }) => bytes)),
    durations: JSON.stringify(
      figures.map(({ durationMs: known }) =>
        known ? [known.p50, known.p90, known.p95, known.p99, known.max, known.avg] : 0,
      ),
    ),
    uniques: JSON.stringify(figures.flatMap(({ uniqueIps, uniqueUsers }) => [uniqueIps, uniqueUsers])),
  };
}

/** An hour as it is read: columns that were not asked for are absent, and what they tell stays empty. */
export interface ReadHour extends Partial<HourMinutes> {
  startMs: number;
}

/** Count, levels, statuses and bytes of the minutes from `fromMs` to `toMs`, those of one step together; steps without a record are left out. */
export function hourSummaries(
  { startMs, ...hour }: ReadHour,
  { fromMs, toMs }: TimeRange,
  stepMs: number,
): { startMs: number; summary: Summary }[] {
  const counts = numbersOf(hour.counts);
  const levels = numbersOf(hour.levels);
  const bytes = numbersOf(hour.bytes);
  const statuses = JSON.parse(hour.statuses ?? "[]") as number[][];
  const first = Math.max(0, Math.floor((fromMs - startMs) / MINUTE_MS));
  const end = Math.min(MINUTES, Math.ceil((toMs - startMs) / MINUTE_MS));
  const found: { startMs: number; summary: Summary }[] = [];
  for (let at = first; at < end; ) {
    const minuteMs = startMs + at * MINUTE_MS;
    const next = Math.min(end, Math.max(at + 1, minutesUpTo(nextStep(minuteMs, stepMs) - startMs)));
    const count = sumOf(counts, at, next);
    if (count > 0) {
      const summary = emptySummary();
      summary.count = count;
      summary.bytes = sumOf(bytes, at, next);
      for (let i = at * LEVEL_COUNTS; i < next * LEVEL_COUNTS && i < levels.length; i++)
        summary.levels[i % LEVEL_COUNTS]! += levels[i]!;
      for (const each of statuses) {
        const own = sumOf(each, at + 1, next + 1);
        if (own > 0) summary.statuses.set(each[0]!, own);
      }
      found.push({ startMs: minuteMs, summary });
    }
    at = next;
  }
  return found;
}

/** What `figuresOf` tells of each minute from `fromMs` to `toMs`, empty ones too. */
export function minuteFigures(hour: ReadHour, range: TimeRange): [minuteMs: number, FiguresJson][] {
  const durations = JSON.parse(hour.durations ?? "[]") as (number[] | 0)[];
  const uniques = numbersOf(hour.uniques);
  const known = new Map(hourSummaries(hour, range, MINUTE_MS).map(({ startMs, summary }) => [startMs, summary]));
  const none = emptySummary();
  const told: [number, FiguresJson][] = [];
  for (let at = 0; at < MINUTES; at++) {
    const minuteMs = hour.startMs + at * MINUTE_MS;
    if (minuteMs + MINUTE_MS <= range.fromMs || minuteMs >= range.toMs) continue;
    const { count, levels, statuses, bytes } = figuresOf(known.get(minuteMs) ?? none);
    const [p50, p90, p95, p99, max, avg] = (durations[at] || []) as [number, number, number, number, number, number];
    told.push([
      minuteMs,
      {
        ...{ count, levels, statuses, bytes },
        ...(p50 === undefined ? {} : { durationMs: { p50, p90, p95, p99, max, avg } }),
        ...{ uniqueIps: uniques[at * 2] ?? 0, uniqueUsers: uniques[at * 2 + 1] ?? 0 },
      },
    ]);
  }
  return told;
}

const numbersOf = (json: string | undefined): number[] => (json === undefined ? [] : (JSON.parse(json) as number[]));

/** Minutes that begin before this time of the hour. */
const minutesUpTo = (ms: number): number => Math.ceil(ms / MINUTE_MS);

const nextStep = (ms: number, stepMs: number): number =>
  Number.isFinite(stepMs) ? (Math.floor(ms / stepMs) + 1) * stepMs : Number.POSITIVE_INFINITY;

function sumOf(numbers: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to && at < numbers.length; at++) sum += numbers[at]!;
  return sum;
}
