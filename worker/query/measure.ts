import { predicateOf } from "../../core/query/predicate-of.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import type { SummaryPart } from "../../core/summary/summarise.ts";
import { addRecord, emptySummary } from "../../core/summary/summary.ts";
import type { Env } from "../env.ts";
import { hotRecords } from "./hot-records.ts";
import { memoryRecords } from "./memory-records.ts";
import type { Question } from "./question.ts";
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
}

/**
 * The statistics of a question's records, at least as fine as `stepMs`.
 *
 * Summaries answer where they can: no filter, and no part that is coarser than the step or sticks out of the range.
 * Else the records themselves are read and summarised, and the answer says so.
 */
export async function measure(
  env: Env,
  question: Question,
  stepMs: number,
  nowMs: number,
  only: ReadonlySet<SectionName>,
): Promise<Measured> {
  if (!question.filter) {
    const { parts, rowsRead } = await summaryParts(env, question.service, question, nowMs, only);
    const alignedFromMs = Math.floor(question.fromMs / MINUTE_MS) * MINUTE_MS;
    const fits = parts.every(
      (part) =>
        part.stepMs <= stepMs &&
        part.startMs >= alignedFromMs &&
        (part.stepMs === MINUTE_MS || part.startMs + part.stepMs <= question.toMs),
    );
    if (fits) return { parts, answeredFrom: "summaries", scanned: rowsRead, isPartial: false };
  }
  return measureRecords(env, question, stepMs, nowMs);
}

async function measureRecords(env: Env, question: Question, stepMs: number, nowMs: number): Promise<Measured> {
  const { service, filter } = question;
  const services = await servicesOf(env, service);
  const memory = await memoryRecords(env, service, question, nowMs);
  const hot = await hotRecords(env, services, {
    ...question,
    limit: MAX_ROWS,
    order: "newest",
    after: undefined,
    nowMs,
  });
  const matches = filter ? predicateOf(filter, nowMs) : () => true;
  const stored = new Set(memory.found.length > 0 ? hot.found.map(nameOf) : []);
  const fresh = memory.found.filter((placed) => !stored.has(nameOf(placed)) && matches(placed.record, placed.service));
  return {
    parts: partsOf([...hot.found, ...fresh], stepMs),
    answeredFrom: "records",
    scanned: hot.rowsRead + memory.found.length,
    isPartial: memory.isCut || hot.found.length >= MAX_ROWS,
  };
}

function partsOf(placed: readonly PlacedRecord[], stepMs: number): Measured["parts"] {
  const parts = new Map<number, Measured["parts"][number]>();
  const step = Number.isFinite(stepMs) ? stepMs : MINUTE_MS;
  for (const { record } of placed) {
    // Where no step is asked for, minutes serve: the caller merges them or sees where there is data.
    const startMs = Math.floor(record.tsMs / step) * step;
    let part = parts.get(startMs);
    if (!part) {
      part = { stepMs: step, startMs, summary: emptySummary() };
      parts.set(startMs, part);
    }
    addRecord(part.summary, record);
  }
  return [...parts.values()];
}

const nameOf = ({ service, shard, seq }: PlacedRecord): string => `${service}/${shard}/${seq}`;
