import { hourMinutesOf } from "../../core/stats/hour-minutes.ts";
import { compactedSummary, type StoredPart } from "../../core/summary/compact.ts";
import { decodeSummary } from "../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import { jobsOf, planRollups, type Rollup, type RollupJob } from "../../core/summary/plan-rollups.ts";
import { ROLLUP_STEPS_MS, STEPS_MS, type StepMs } from "../../core/summary/steps.ts";
import type { SummaryPart } from "../../core/summary/summary-part.ts";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { selectParts } from "../query/select-parts.ts";
import { SELECT_KEYS } from "./compact-summaries.ts";

/** Hours and days whose roll-ups are made for one service in one run; what is left is made in the next. */
const MAX_JOBS = 50;

const [MINUTE_MS] = STEPS_MS;
const [TEN_MS, HOUR_MS, DAY_MS] = ROLLUP_STEPS_MS;

const SELECT_ROLLUPS = "SELECT step_ms AS stepMs, start_ms AS startMs FROM rollups WHERE service_id = ?1";
const SELECT_TOLD = "SELECT start_ms AS startMs FROM hour_minutes WHERE service_id = ?1";
// A day has parts of a whole day too, which are in none of its hours.
const PIECES = `FROM (${selectParts("?1")}) WHERE step_ms <= ?5`;
const SELECT_PIECES = `SELECT step_ms AS stepMs, start_ms AS startMs, summary AS text ${PIECES}`;
// json('…') of what is no JSON is an error, and an error takes the whole batch back: a part has come or gone since.
const ENSURE_UNCHANGED = `SELECT json(CASE WHEN count(*) = ?6 AND sum(octet_length(summary)) = ?7 AND sum(CAST(substr(summary, 3, 20) AS INTEGER)) = ?8
THEN 'true' ELSE 'stale' END) ${PIECES}`;
const PUT_ROLLUPS =
  "INSERT OR REPLACE INTO rollups (service_id, step_ms, start_ms, summary) SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)";
const PUT_MINUTES =
  "INSERT OR REPLACE INTO hour_minutes (service_id, start_ms, counts, levels, statuses, bytes, durations, uniques) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

const encoder = new TextEncoder();

/** Keeps what is closed of one service as one summary each, beside its parts; core/summary/plan-rollups.ts says which. */
export async function rollUpSummaries({ DB }: Env, serviceId: number, nowMs: number): Promise<number> {
  const [parts, rollups, told] = (
    await DB.batch([SELECT_KEYS, SELECT_ROLLUPS, SELECT_TOLD].map((select) => DB.prepare(select).bind(serviceId)))
  ).map(({ results }) => results) as [StoredPart[], Rollup[], { startMs: number }[]];
  const known = { rollups, toldHours: new Set(told.map(({ startMs }) => startMs)) };
  const jobs = jobsOf(planRollups(parts, known, nowMs)).slice(0, MAX_JOBS);
  for (const job of jobs) await rollUp(DB, serviceId, job);
  return jobs.length;
}

async function rollUp(db: D1Database, serviceId: number, { fromMs, toMs, rollups }: RollupJob): Promise<void> {
  const longest = Math.max(...rollups.map(({ stepMs }) => stepMs));
  // A day is made of its hours, an hour of its parts, ten minutes of their minutes.
  const upToMs = longest === TEN_MS ? MINUTE_MS : longest;
  const of = [serviceId, fromMs, toMs, longest === DAY_MS ? HOUR_MS : 0, upToMs];
  const { results } = await db
    .prepare(SELECT_PIECES)
    .bind(...of)
    .all<{ stepMs: StepMs; startMs: number; text: string }>();
  const parts: SummaryPart[] = [];
  for (const { stepMs, startMs, text } of results) {
    const summary = decodeSummary(text);
    // A part that cannot be read is left to a later version, and so is the whole.
    if (!summary.ok) return;
    parts.push({ stepMs, startMs, summary: summary.value });
  }
  if (parts.length === 0) return;
  const bytes = results.reduce((sum, { text }) => sum + encoder.encode(text).length, 0);
  const count = parts.reduce((sum, { summary }) => sum + summary.count, 0);
  const rows = rollups.map((rollup) => [rollup.stepMs, rollup.startMs, rolledUp(rollup, parts)]);
  try {
    await db.batch([
      db.prepare(ENSURE_UNCHANGED).bind(...of, results.length, bytes, count),
      db.prepare(PUT_ROLLUPS).bind(serviceId, JSON.stringify(rows)),
      ...(longest === HOUR_MS && parts.every(({ stepMs }) => stepMs === MINUTE_MS)
        ? [putMinutes(db, serviceId, Math.floor(fromMs / HOUR_MS) * HOUR_MS, parts)]
        : []),
    ]);
  } catch (error) {
    // Nothing was changed; the next run plans anew.
    logWarning("summaries_not_rolled_up", { serviceId, startMs: fromMs, error });
  }
}

function rolledUp({ stepMs, startMs }: Rollup, parts: readonly SummaryPart[]): string {
  const own = parts.filter(
    (part) =>
      part.startMs >= startMs && part.startMs < startMs + stepMs && (stepMs > TEN_MS || part.stepMs === MINUTE_MS),
  );
  return encodeSummary(
    compactedSummary(
      stepMs,
      own.map(({ summary }) => summary),
    ),
  );
}

function putMinutes(
  db: D1Database,
  serviceId: number,
  startMs: number,
  parts: readonly SummaryPart[],
): D1PreparedStatement {
  const { counts, levels, statuses, bytes, durations, uniques } = hourMinutesOf(parts, startMs);
  return db.prepare(PUT_MINUTES).bind(serviceId, startMs, counts, levels, statuses, bytes, durations, uniques);
}
