import { STEPS_MS } from "../../core/summary/steps.ts";

const [MINUTE_MS, HOUR_MS, DAY_MS] = STEPS_MS;

const overlapping = (stepMs: number): string =>
  `s.step_ms = ${stepMs} AND s.start_ms > ?2 - ${stepMs} AND s.start_ms < ?3`;
const rolledUp = (name: string, stepMs: number): string =>
  `${name}.step_ms = ${stepMs} AND ?4 >= ${stepMs} AND ${name}.start_ms >= ?2 AND ${name}.start_ms <= ?3 - ${stepMs}`;
// A day is looked up by its hour: the pluses keep its other bounds from being walked along.
const isInDay = (
  service: string,
): string => `EXISTS (SELECT 1 FROM rollups d WHERE d.service_id = ${service} AND d.step_ms = ${DAY_MS}
AND ?4 >= ${DAY_MS} AND d.start_ms > h.start_ms - ${DAY_MS} AND d.start_ms <= h.start_ms AND +d.start_ms >= ?2 AND +d.start_ms <= ?3 - ${DAY_MS})`;

/**
 * Everything that tells of a range, each record once: roll-ups that lie in it, and of the time beside them every part that overlaps
 * it. Columns step_ms, start_ms, summary. Parameters: ?1 for `service`, ?2 beginning, ?3 end, ?4 the longest roll-up to take.
 *
 * @param service expression for the number of the service
 * @param text expression for as much of `summary` as is needed
 */
export function selectParts(service: string, text = "summary"): string {
  const gap = (stepMs: number): string =>
    `SELECT s.step_ms, s.start_ms, ${text} AS summary FROM gaps g CROSS JOIN summaries s
ON s.service_id = ${service} AND s.step_ms = ${stepMs} AND s.start_ms > g.from_ms - ${stepMs} AND s.start_ms < g.to_ms`;
  return `WITH used AS MATERIALIZED (
SELECT d.step_ms, d.start_ms FROM rollups d WHERE d.service_id = ${service} AND ${rolledUp("d", DAY_MS)}
UNION ALL SELECT h.step_ms, h.start_ms FROM rollups h WHERE h.service_id = ${service} AND ${rolledUp("h", HOUR_MS)} AND NOT ${isInDay(service)}),
gaps (from_ms, to_ms) AS MATERIALIZED (
SELECT from_ms, to_ms FROM (SELECT lag(start_ms + step_ms, 1, ?2) OVER (ORDER BY start_ms) AS from_ms, start_ms AS to_ms FROM used) WHERE from_ms < to_ms
UNION ALL SELECT coalesce((SELECT max(start_ms + step_ms) FROM used), ?2), ?3)
SELECT r.step_ms, r.start_ms, ${text} AS summary FROM used u CROSS JOIN rollups r
ON r.service_id = ${service} AND r.step_ms = u.step_ms AND r.start_ms = u.start_ms
UNION ALL ${gap(MINUTE_MS)} UNION ALL ${gap(HOUR_MS)}
UNION ALL SELECT s.step_ms, s.start_ms, ${text} AS summary FROM summaries s WHERE s.service_id = ${service} AND ${overlapping(DAY_MS)}
AND NOT EXISTS (SELECT 1 FROM used u WHERE u.step_ms = ${DAY_MS} AND u.start_ms = s.start_ms)`;
}
