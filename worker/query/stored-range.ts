import { STEPS_MS } from "../../core/summary/steps.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";

// Every stored record is in a summary part. Two look-ups a step: min() and max() in one would read every part.
const SELECT = `SELECT min(fromMs) AS fromMs, max(toMs) AS toMs FROM (SELECT
(SELECT start_ms FROM summaries WHERE service_id = s.id AND step_ms = k.value ORDER BY start_ms LIMIT 1) AS fromMs,
(SELECT start_ms + step_ms FROM summaries WHERE service_id = s.id AND step_ms = k.value ORDER BY start_ms DESC LIMIT 1) AS toMs
FROM services s CROSS JOIN json_each('[${STEPS_MS}]') k WHERE ?1 IS NULL OR s.name = ?1)`;

/** From the first stored record to the last, to the minute or coarser; undefined where none is stored. */
export async function storedRange({ DB }: Env, service: string | undefined): Promise<TimeRange | undefined> {
  const row = await DB.prepare(SELECT)
    .bind(service ?? null)
    .first<{ fromMs: number | null; toMs: number | null }>();
  return row?.fromMs == null || row.toMs == null ? undefined : { fromMs: row.fromMs, toMs: row.toMs };
}
