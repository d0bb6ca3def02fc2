import { compactedSummary } from "../../../core/summary/compact.ts";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { SECTIONS, type SectionName } from "../../../core/summary/sections.ts";
import { STEPS_MS, type StepMs } from "../../../core/summary/steps.ts";
import { addRecord, emptySummary, mergeInto, type Summary } from "../../../core/summary/summary.ts";
import { logWarning } from "../../../durable-objects/log.ts";
import type { Env } from "../../env.ts";
import { hotRecords } from "../../query/hot-records.ts";
import { PartsByStep } from "../../query/parts-by-step.ts";
import { addSegmentParts } from "../../query/segment-parts.ts";
import type { KnownService } from "../seal-service.ts";
import type { TouchedMinutes } from "./touched-minutes.ts";

/** Hot rows counted again for one part; a part of more stays as it is, and is told to be approximate. */
const MAX_ROWS = 200_000;
const ALL_SECTIONS: ReadonlySet<SectionName> = new Set(SECTIONS.map(({ name }) => name));

const SELECT_PARTS = `SELECT step_ms AS stepMs, start_ms AS startMs, shard, first_seq AS firstSeq, summary FROM summaries
WHERE service_id = ?1 AND step_ms IN (${STEPS_MS.join(", ")}) AND start_ms < ?3 AND start_ms + step_ms > ?2`;
const ENSURE_UNCHANGED = `SELECT json(CASE WHEN count(*) = ?4 AND coalesce(sum(length(summary)), 0) = ?5 THEN 'true' ELSE 'stale' END) FROM summaries
WHERE service_id = ?1 AND start_ms < ?3 AND start_ms + step_ms > ?2`;
const DELETE_PARTS = "DELETE FROM summaries WHERE service_id = ?1 AND start_ms < ?3 AND start_ms + step_ms > ?2";
const INSERT_PART =
  "INSERT INTO summaries (service_id, step_ms, start_ms, shard, first_seq, summary) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

interface Part {
  stepMs: StepMs;
  startMs: number;
  shard: number;
  firstSeq: number;
  summary: string;
}

export interface Rebuilt {
  /** Stretches of time whose statistics were counted again from the records that are left. */
  rebuilt: number;
  /** Stretches whose statistics still count what was forgotten: their records are not all there any more, or too many. */
  approximate: number;
}

/** Counts again what the minutes hold from which records were taken away. */
export async function rebuildSummaries(
  env: Env,
  service: KnownService,
  touched: TouchedMinutes,
  nowMs: number,
): Promise<Rebuilt> {
  const done: Rebuilt = { rebuilt: 0, approximate: 0 };
  let doneToMs = Number.NEGATIVE_INFINITY;
  for (const minuteMs of [...touched.counts.keys()].sort((a, b) => a - b)) {
    if (minuteMs < doneToMs) continue;
    const range = await stretchOf(env, service.id, minuteMs);
    doneToMs = range.toMs;
    try {
      if (await rebuild(env, service, range, touched, nowMs)) done.rebuilt++;
      else done.approximate++;
    } catch (error) {
      // A message came meanwhile; its part stands beside the old ones, and nothing was changed.
      logWarning("summaries_not_rebuilt", { service: service.name, startMs: range.fromMs, error });
      done.approximate++;
    }
  }
  return done;
}

interface Stretch {
  fromMs: number;
  toMs: number;
  stepMs: StepMs;
}

/** The step of the coarsest part that a minute is in: its parts are replaced together. */
async function stretchOf({ DB }: Env, serviceId: number, minuteMs: number): Promise<Stretch> {
  const { results } = await DB.prepare(SELECT_PARTS)
    .bind(serviceId, minuteMs, minuteMs + STEPS_MS[0])
    .all<Part>();
  const stepMs = Math.max(STEPS_MS[0], ...results.map((part) => part.stepMs)) as StepMs;
  const fromMs = Math.floor(minuteMs / stepMs) * stepMs;
  return { fromMs, toMs: fromMs + stepMs, stepMs };
}

async function rebuild(
  env: Env,
  service: KnownService,
  { fromMs, toMs, stepMs }: Stretch,
  touched: TouchedMinutes,
  nowMs: number,
): Promise<boolean> {
  const { results: parts } = await env.DB.prepare(SELECT_PARTS).bind(service.id, fromMs, toMs).all<Part>();
  const before = emptySummary();
  for (const part of parts) {
    const summary = decodeSummary(part.summary);
    if (summary.ok) mergeInto(before, summary.value);
  }
  const left = await countAgain(env, service, { fromMs, toMs }, stepMs, nowMs);
  // Records that retention has removed are in the statistics for good: counting again would lose them.
  if (left === undefined || before.count !== left.count + touched.between(fromMs, toMs)) return false;
  const newest = parts.reduce((last, part) => (part.firstSeq > last.firstSeq ? part : last));
  const chars = parts.reduce((sum, { summary }) => sum + Array.from(summary).length, 0);
  const { DB } = env;
  await DB.batch([
    DB.prepare(ENSURE_UNCHANGED).bind(service.id, fromMs, toMs, parts.length, chars),
    DB.prepare(DELETE_PARTS).bind(service.id, fromMs, toMs),
    ...(left.count > 0
      ? [
          DB.prepare(INSERT_PART).bind(
            service.id,
            stepMs,
            fromMs,
            newest.shard,
            newest.firstSeq,
            encodeSummary(compactedSummary(stepMs, [left])),
          ),
        ]
      : []),
  ]);
  return true;
}

/** Undefined where there are too many records, or not all can be read. */
async function countAgain(
  env: Env,
  service: KnownService,
  range: { fromMs: number; toMs: number },
  stepMs: StepMs,
  nowMs: number,
): Promise<Summary | undefined> {
  const question = { ...range, filter: undefined, nowMs };
  const hot = await hotRecords(env, [service.name], {
    ...question,
    limit: MAX_ROWS,
    order: "newest",
    after: undefined,
  });
  if (hot.found.length === MAX_ROWS) return undefined;
  const parts = new PartsByStep(stepMs);
  for (const { record } of hot.found) addRecord(parts.at(record.tsMs), record);
  const archived = await addSegmentParts(env, hot.segments, question, ALL_SECTIONS, parts);
  return archived.isPartial ? undefined : (parts.all()[0]?.summary ?? emptySummary());
}
