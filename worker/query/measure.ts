import { predicateOf } from "../../core/query/predicate-of.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import { cutRange } from "../../core/stats/cut-range.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { addRecord } from "../../core/summary/summary.ts";
import type { SummaryPart } from "../../core/summary/summary-part.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { addHotCounts, isCountable } from "./hot-counts.ts";
import { hotRecords } from "./hot-records.ts";
import { memoryRecords } from "./memory-records.ts";
import { PartsByStep } from "./parts-by-step.ts";
import type { ToldMinutes } from "./parts-reader.ts";
import type { Question } from "./question.ts";
import { addSegmentParts } from "./segment-parts.ts";
import { servicesOf } from "./services-of.ts";
import { summaryParts } from "./summary-parts.ts";

/** Rows read for a question that summaries cannot answer; past it the answer is marked partial. */
const MAX_ROWS = 200_000;
/** A range that has so many rows of the minute at its end is answered with all of that minute. */
export const MAX_END_ROWS = 5_000;
const MINUTE_MS = 60_000;

/** Parts to be merged into an answer. `stepMs` of a part made from records is the question's own step. */
export interface Measured {
  parts: SummaryPart<number>[];
  /** Minutes that are in none of the parts, where steps of a minute are asked for. */
  told?: ToldMinutes | undefined;
  answeredFrom: "summaries" | "records";
  scanned: number;
  isPartial: boolean;
  /** Records that were forgotten and are counted here still, because statistics could not be made anew without them. */
  forgotten: number;
  /** All of the minutes at the ends of the range counts: they have too many records to count its part of them. */
  isRounded?: boolean;
}

export interface Figures {
  stepMs: number;
  /** Where summaries are coarser than the step, they answer all the same. */
  isAnyStep?: boolean;
  /** What to tell of the records, beside their number. */
  only: ReadonlySet<SectionName>;
}

/**
 * The statistics of a question's records, at least as fine as `stepMs`.
 *
 * Summaries answer where they can: no filter, and no part that lies in two steps or sticks out of the range. Of a minute that the
 * range has a part of, the records are counted. Else all records are read and summarised, in the sections asked for, and the answer
 * says so.
 */
export async function measure(env: Env, question: Question, figures: Figures, nowMs: number): Promise<Measured> {
  const { filter, exact = { from: false, to: false }, ...range } = question;
  const { stepMs, isAnyStep } = figures;
  if (!filter && (isAnyStep || isMultiple(stepMs, MINUTE_MS))) {
    const { whole, ends } = cutRange(range, exact);
    const measured = await measureSummaries(env, { ...question, ...whole }, figures, nowMs);
    if (measured && ends.length === 0) return measured;
    const minutes = { ...figures, stepMs: MINUTE_MS };
    const counted = measured && (await measureEnds(env, question, ends, minutes, nowMs));
    if (counted) return [measured, ...counted].reduce(together);
    const rounded = measured && (await measureSummaries(env, question, figures, nowMs));
    if (rounded) return { ...rounded, isRounded: true };
  }
  return measureRecords(env, question, figures, nowMs);
}

const isMultiple = (stepMs: number, of: number): boolean => !Number.isFinite(stepMs) || stepMs % of === 0;

const together = (a: Measured, b: Measured): Measured => ({
  ...a,
  parts: [...a.parts, ...b.parts],
  scanned: a.scanned + b.scanned,
  isPartial: a.isPartial || b.isPartial,
});

/** Undefined where they cannot tell. */
async function measureSummaries(
  env: Env,
  question: Question,
  { stepMs, isAnyStep = false, only }: Figures,
  nowMs: number,
): Promise<Measured | undefined> {
  const { fromMs, toMs } = question;
  if (fromMs >= toMs) return { parts: [], answeredFrom: "summaries", scanned: 0, isPartial: false, forgotten: 0 };
  const { parts, told, rowsRead, forgotten, isPartial } = await summaryParts(
    env,
    // Which step it will be is told by the parts.
    { ...question, stepMs, only, ...(isAnyStep ? { mergeMs: MINUTE_MS } : {}) },
    nowMs,
  );
  const alignedFromMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
  const fits = parts.every(
    (part) =>
      (isAnyStep || isMultiple(stepMs, part.stepMs)) &&
      part.startMs >= alignedFromMs &&
      (part.stepMs === MINUTE_MS || part.startMs + part.stepMs <= toMs),
  );
  return fits ? { parts, told, answeredFrom: "summaries", scanned: rowsRead, isPartial, forgotten } : undefined;
}

/** Undefined where there are too many records to count. */
async function measureEnds(
  env: Env,
  question: Question,
  ends: readonly TimeRange[],
  figures: Figures,
  nowMs: number,
): Promise<Measured[] | undefined> {
  const counted = await Promise.all(
    ends.map((end) => measureRecords(env, { ...question, ...end }, figures, nowMs, MAX_END_ROWS)),
  );
  return counted.some(({ isPartial }) => isPartial) ? undefined : counted;
}

async function measureRecords(
  env: Env,
  question: Question,
  { stepMs, only }: Figures,
  nowMs: number,
  maxRows = MAX_ROWS,
): Promise<Measured> {
  const { service, filter } = question;
  const services = await servicesOf(env, service);
  const memory = await memoryRecords(env, service, question, nowMs);
  const matches = filter ? predicateOf(filter, nowMs) : () => true;
  const parts = new PartsByStep(stepMs);
  if (isCountable(only)) {
    const hot = await addHotCounts(env, services, { question, only, nowMs, held: memory.held }, parts);
    for (const placed of memory.found)
      if (matches(placed.record, placed.service)) addRecord(parts.at(placed.record.tsMs), placed.record);
    const archived = await addSegmentParts(env, hot.segments, { ...question, nowMs, held: memory.held }, only, parts);
    return {
      parts: parts.all(),
      answeredFrom: "records",
      scanned: hot.rowsRead + memory.found.length + archived.scanned,
      isPartial: memory.isCut || archived.isPartial,
      forgotten: 0,
    };
  }
  const hot = await hotRecords(env, services, {
    ...question,
    limit: maxRows,
    order: "newest",
    after: undefined,
    nowMs,
  });
  const stored = new Set(memory.found.length > 0 ? hot.found.map(nameOf) : []);
  for (const { record } of hot.found) addRecord(parts.at(record.tsMs), record);
  for (const placed of memory.found) {
    const { record } = placed;
    if (!stored.has(nameOf(placed)) && matches(record, placed.service)) addRecord(parts.at(record.tsMs), record);
  }
  const archived = await addSegmentParts(env, hot.segments, { ...question, nowMs, held: memory.held }, only, parts);
  return {
    parts: parts.all(),
    answeredFrom: "records",
    scanned: hot.rowsRead + memory.found.length + archived.scanned,
    isPartial: memory.isCut || hot.found.length >= maxRows || archived.isPartial,
    forgotten: 0,
  };
}

const nameOf = ({ service, shard, seq }: PlacedRecord): string => `${service}/${shard}/${seq}`;
