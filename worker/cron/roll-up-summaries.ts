import { compactedSummary, type StoredPart } from "../../core/summary/compact.ts";
import { decodeSummary } from "../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import { planRollups, type Rollup } from "../../core/summary/plan-rollups.ts";
import { STEPS_MS } from "../../core/summary/steps.ts";
import type { Summary } from "../../core/summary/summary.ts";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { selectParts } from "../query/select-parts.ts";
import { SELECT_KEYS } from "./compact-summaries.ts";

/** Roll-ups made for one service in one run; what is left is made in the next. */
const MAX_ROLLUPS = 50;

const [, HOUR_MS, DAY_MS] = STEPS_MS;

const SELECT_ROLLUPS = "SELECT step_ms AS stepMs, start_ms AS startMs FROM rollups WHERE service_id = ?1";
// A day has parts of a whole day too, which are in none of its hours.
const PIECES = `FROM (${selectParts("?1")}) WHERE step_ms <= ?5`;
const SELECT_PIECES = `SELECT summary ${PIECES}`;
// json('…') of what is no JSON is an error, and an error takes the whole batch back: a part has come or gone since.
const ENSURE_UNCHANGED = `SELECT json(CASE WHEN count(*) = ?6 AND sum(octet_length(summary)) = ?7 AND sum(CAST(substr(summary, 3, 20) AS INTEGER)) = ?8
THEN 'true' ELSE 'stale' END) ${PIECES}`;
const PUT_ROLLUP = "INSERT OR REPLACE INTO rollups (service_id, step_ms, start_ms, summary) VALUES (?1, ?2, ?3, ?4)";

const encoder = new TextEncoder();

/** Keeps the closed hours and days of one service as one summary each, beside their parts; core/summary/plan-rollups.ts says which. */
export async function rollUpSummaries({ DB }: Env, serviceId: number, nowMs: number): Promise<number> {
  const [parts, known] = await DB.batch([
    DB.prepare(SELECT_KEYS).bind(serviceId),
    DB.prepare(SELECT_ROLLUPS).bind(serviceId),
  ]);
  const plan = planRollups(parts!.results as StoredPart[], known!.results as Rollup[], nowMs).slice(0, MAX_ROLLUPS);
  for (const rollup of plan) await rollUp(DB, serviceId, rollup);
  return plan.length;
}

async function rollUp(db: D1Database, serviceId: number, { stepMs, startMs }: Rollup): Promise<void> {
  // A day is made of its hours, an hour of its parts.
  const of = [serviceId, startMs, startMs + stepMs, stepMs === DAY_MS ? HOUR_MS : 0, stepMs];
  const { results } = await db
    .prepare(SELECT_PIECES)
    .bind(...of)
    .all<{ summary: string }>();
  const summaries = results.map(({ summary }) => decodeSummary(summary));
  // A part that cannot be read is left to a later version, and so is the whole.
  if (summaries.length === 0 || summaries.some((summary) => !summary.ok)) return;
  const read = summaries.map((summary) => (summary as { value: Summary }).value);
  const bytes = results.reduce((sum, { summary }) => sum + encoder.encode(summary).length, 0);
  const count = read.reduce((sum, summary) => sum + summary.count, 0);
  try {
    await db.batch([
      db.prepare(ENSURE_UNCHANGED).bind(...of, results.length, bytes, count),
      db.prepare(PUT_ROLLUP).bind(serviceId, stepMs, startMs, encodeSummary(compactedSummary(stepMs, read))),
    ]);
  } catch (error) {
    // Nothing was changed; the next run plans anew.
    logWarning("summaries_not_rolled_up", { serviceId, startMs, error });
  }
}
