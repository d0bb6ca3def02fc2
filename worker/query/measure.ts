import { predicateOf } from "../../core/query/predicate-of.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { addRecord } from "../../core/summary/summary.ts";
import type { SummaryPart } from "../../core/summary/summary-part.ts";
import type { Env } from "../env.ts";
import { addHotCounts, isCountable } from "./hot-counts.ts";
import { hotRecords } from "./hot-records.ts";
import { memoryRecords } from "./memory-records.ts";
import { PartsByStep } from "./parts-by-step.ts";
import type { Question } from "./question.ts";
import { addSegmentParts } from "./segment-parts.ts";
import { servicesOf } from "./services-of.ts";
import { summaryParts } from "./summary-parts.ts";

/** Rows read for a question that summaries cannot answer; past it the answer is marked partial. */
const MAX_ROWS = 200_000;
const MINUTE_MS = 60_000;

/** Parts to be merged into an answer. `stepMs` of a part made from records is the question's own step. */
export interface Measured {
  parts: (Omit<SummaryPart, "stepMs"> & { stepMs: number })[];
  answeredFrom: "summaries" | "records";
  scanned: number;
  isPartial: boolean;
  /** Records that were forgotten and are counted here still, because statistics could not be made anew without them. */
  forgotten: number;
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
 * Summaries answer where they can: no filter, and no part that is coarser than the step or sticks out of the range.
 * Else the records themselves are read and summarised, in the sections asked for, and the answer says so.
 */
export async function measure(
  env: Env,
  question: Question,
  { stepMs, isAnyStep = false, only }: Figures,
  nowMs: number,
): Promise<Measured> {
  if (!question.filter) {
    const { parts, rowsRead, forgotten, isPartial } = await summaryParts(
      env,
      // Which step it will be is told by the parts.
      { ...question, stepMs, only, ...(isAnyStep ? { mergeMs: MINUTE_MS } : {}) },
      nowMs,
    );
    const alignedFromMs = Math.floor(question.fromMs / MINUTE_MS) * MINUTE_MS;
    const fits = parts.every(
      (part) =>
        (isAnyStep || part.stepMs <= stepMs) &&
        part.startMs >= alignedFromMs &&
        (part.stepMs === MINUTE_MS || part.startMs + part.stepMs <= question.toMs),
    );
    if (fits) return { parts, answeredFrom: "summaries", scanned: rowsRead, isPartial, forgotten };
  }
  return measureRecords(env, question, { stepMs, only }, nowMs);
}

async function measureRecords(
  env: Env,
  question: Question,
  { stepMs, only }: Figures,
  nowMs: number,
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
    limit: MAX_ROWS,
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
    isPartial: memory.isCut || hot.found.length >= MAX_ROWS || archived.isPartial,
    forgotten: 0,
  };
}

const nameOf = ({ service, shard, seq }: PlacedRecord): string => `${service}/${shard}/${seq}`;
