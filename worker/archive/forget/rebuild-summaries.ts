import { compactedSummary } from "../../../core/summary/compact.ts";
import { decodeSummary } from "../../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../../core/summary/encode-summary.ts";
import { SECTIONS, type SectionName } from "../../../core/summary/sections.ts";
import { STEPS_MS, type StepMs } from "../../../core/summary/steps.ts";
import { addRecord, emptySummary, mergeAll, type Summary } from "../../../core/summary/summary.ts";
import { logWarning } from "../../../durable-objects/log.ts";
import type { Env } from "../../env.ts";
import { hotRecords } from "../../query/hot-records.ts";
import { PartsByStep } from "../../query/parts-by-step.ts";
import { addSegmentParts } from "../../query/segment-parts.ts";
import type { KnownService } from "../seal-service.ts";

/** Hot rows counted again for one stretch; one of more stays as it is, and is told to be approximate. */
const MAX_ROWS = 200_000;
const ALL_SECTIONS: ReadonlySet<SectionName> = new Set(SECTIONS.map(({ name }) => name));

// The third bound says no more than the fourth, but walks over a day of the key instead of all of it.
const OVERLAPS = `service_id = ?1 AND step_ms IN (${STEPS_MS.join(", ")}) AND start_ms > ?2 - ${STEPS_MS[2]} AND start_ms < ?3 AND start_ms + step_ms > ?2`;
const SELECT_PARTS = `SELECT step_ms AS stepMs, shard, first_seq AS firstSeq, summary, (SELECT received_ms FROM ledger l
WHERE l.service_id = summaries.service_id AND l.shard = summaries.shard AND l.first_seq = summaries.first_seq) AS receivedMs FROM summaries WHERE ${OVERLAPS}`;
const ENSURE_PARTS = `SELECT json(CASE WHEN count(*) = ?4 AND coalesce(sum(length(summary)), 0) = ?5 THEN 'true' ELSE 'stale' END) FROM summaries WHERE ${OVERLAPS}`;
const DELETE_PARTS = `DELETE FROM summaries WHERE ${OVERLAPS}`;
const INSERT_PART =
  "INSERT INTO summaries (service_id, step_ms, start_ms, shard, first_seq, summary) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

const SELECT_PENDING =
  "SELECT start_ms AS startMs FROM forgotten WHERE service_id = ?1 AND lasting = 0 ORDER BY start_ms";
const NOTED = "service_id = ?1 AND start_ms >= ?2 AND start_ms < ?3";
const SELECT_NOTED = `SELECT coalesce(sum(records), 0) AS records FROM forgotten WHERE ${NOTED}`;
const ENSURE_NOTED = `SELECT json(CASE WHEN coalesce(sum(records), 0) = ?4 THEN 'true' ELSE 'stale' END) FROM forgotten WHERE ${NOTED}`;
const KEEP_NOTES = `UPDATE forgotten SET lasting = 1 WHERE ${NOTED}`;
const DELETE_NOTES = `DELETE FROM forgotten WHERE ${NOTED}`;

interface Part {
  stepMs: StepMs;
  shard: number;
  firstSeq: number;
  summary: string;
  /** Of the message whose key the part has; ages count from it. */
  receivedMs: number;
}

export interface Rebuilt {
  /** Stretches of time whose statistics were counted again from the records that are left. */
  rebuilt: number;
  /** Stretches whose statistics count what was forgotten for good: their records are not all there any more, or too many. */
  approximate: number;
  /** Stretches that cron counts again later: something came meanwhile, could not be read, or the time was over. */
  pending: number;
}

/** Counts again the minutes that have lost records since they were counted, whoever took them and when; from `untilMs` on they wait. */
export async function rebuildSummaries(
  env: Env,
  service: KnownService,
  nowMs: number,
  untilMs: number,
): Promise<Rebuilt> {
  const { results } = await env.DB.prepare(SELECT_PENDING).bind(service.id).all<{ startMs: number }>();
  const done: Rebuilt = { rebuilt: 0, approximate: 0, pending: 0 };
  let doneToMs = Number.NEGATIVE_INFINITY;
  for (const { startMs } of results) {
    if (startMs < doneToMs) continue;
    if (Date.now() >= untilMs) {
      done.pending++;
      continue;
    }
    const range = await stretchOf(env, service.id, startMs);
    doneToMs = range.toMs;
    try {
      done[await rebuild(env, service, range, nowMs)]++;
    } catch (error) {
      // Nothing was changed, and the note of it stays.
      logWarning("summaries_not_rebuilt", { service: service.name, startMs: range.fromMs, error });
      done.pending++;
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
  nowMs: number,
): Promise<keyof Rebuilt> {
  const { DB } = env;
  const of = [service.id, fromMs, toMs] as const;
  const [{ results: parts }, { results: notes }] = (await DB.batch([
    DB.prepare(SELECT_PARTS).bind(...of),
    DB.prepare(SELECT_NOTED).bind(...of),
  ])) as [D1Result<Part>, D1Result<{ records: number }>];
  const forgotten = notes[0]!.records;
  const before = mergeAll(parts.map(({ summary }) => readable(summary)));
  const chars = parts.reduce((sum, { summary }) => sum + Array.from(summary).length, 0);
  const ensured = [
    DB.prepare(ENSURE_PARTS).bind(...of, parts.length, chars),
    DB.prepare(ENSURE_NOTED).bind(...of, forgotten),
  ];
  const left = await countAgain(env, service, { fromMs, toMs }, stepMs, nowMs);
  // Records that retention has removed are in the statistics for good: counting again would lose them.
  if (parts.length > 0 && (left === undefined || before.count !== left.count + forgotten)) {
    await DB.batch([...ensured, DB.prepare(KEEP_NOTES).bind(...of)]);
    return "approximate";
  }
  const newest = parts.reduce<Part | undefined>(
    (last, part) => (last && last.receivedMs > part.receivedMs ? last : part),
    undefined,
  );
  const isAnythingLeft = newest !== undefined && left !== undefined && left.count > 0;
  await DB.batch([
    ...ensured,
    DB.prepare(DELETE_PARTS).bind(...of),
    ...(isAnythingLeft
      ? [
          DB.prepare(INSERT_PART).bind(
            ...[service.id, stepMs, fromMs, newest.shard, newest.firstSeq],
            encodeSummary(compactedSummary(stepMs, [left])),
          ),
        ]
      : []),
    DB.prepare(DELETE_NOTES).bind(...of),
  ]);
  return "rebuilt";
}

/** Throws for what a later version has written: that version counts it again. */
function readable(text: string): Summary {
  const summary = decodeSummary(text);
  if (!summary.ok) throw new Error(`a summary cannot be read: ${summary.detail}`);
  return summary.value;
}

/** Undefined where there are too many records. Throws where not all can be read now. */
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
  if (archived.isPartial) throw new Error("not every archived record could be read");
  return parts.all()[0]?.summary ?? emptySummary();
}
