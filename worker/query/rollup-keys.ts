import type { MinutesUse } from "../../core/summary/plan-reading.ts";
import type { KnownRollups, Rollup } from "../../core/summary/plan-rollups.ts";
import { ROLLUP_STEPS_MS } from "../../core/summary/steps.ts";
import type { TimeRange } from "../../core/time-range.ts";

const [TEN_MS, HOUR_MS, DAY_MS] = ROLLUP_STEPS_MS;

const OF_SERVICES = "FROM json_each(?1) n CROSS JOIN services s ON s.name = n.value CROSS JOIN";
const ofStep = (stepMs: number, fromMs = "?2", toMs = "?3"): string =>
  `SELECT n.key AS service, r.step_ms AS stepMs, r.start_ms AS startMs ${OF_SERVICES} rollups r
ON r.service_id = s.id AND r.step_ms = ${stepMs} AND ?4 >= ${stepMs} AND r.start_ms >= ${fromMs} AND r.start_ms <= ${toMs} - ${stepMs}`;
const hourAt = (order: string): string =>
  `SELECT h.start_ms FROM rollups h WHERE ?4 >= ${HOUR_MS} AND h.service_id = s.id AND h.step_ms = ${HOUR_MS} AND h.start_ms >= ?2 AND h.start_ms <= ?3 - ${HOUR_MS} ORDER BY h.start_ms ${order} LIMIT 1`;

/** ?1 is a JSON array of names, ?2 and ?3 the range, ?4 the longest roll-up. Ten minutes only before the first hour and after the last. */
const SELECT = `${ofStep(DAY_MS)}
UNION ALL ${ofStep(HOUR_MS)}
UNION ALL ${ofStep(TEN_MS, "?2", `coalesce((${hourAt("ASC")}), ?3)`)}
UNION ALL ${ofStep(TEN_MS, `(${hourAt("DESC")}) + ${HOUR_MS}`)}
UNION ALL SELECT n.key, 0, m.start_ms ${OF_SERVICES} hour_minutes m
ON m.service_id = s.id AND ?5 AND m.start_ms > ?2 - ${HOUR_MS} AND m.start_ms < ?3`;

/** Which roll-ups there are of each service, in its place; what is written meanwhile may take them away. */
export async function rollupKeys(
  db: D1Database,
  services: readonly string[],
  { fromMs, toMs }: TimeRange,
  { longestMs, minutes }: { longestMs: number; minutes: MinutesUse },
): Promise<{ keys: KnownRollups[]; rowsRead: number }> {
  const { results, meta } = await db
    .prepare(SELECT)
    .bind(JSON.stringify(services), fromMs, toMs, longestMs, minutes === "unread" ? 0 : 1)
    .all<{ service: number; stepMs: Rollup["stepMs"] | 0; startMs: number }>();
  const keys = services.map(() => ({ rollups: [] as Rollup[], toldHours: new Set<number>() }));
  for (const { service, stepMs, startMs } of results) {
    if (stepMs === 0) keys[service]!.toldHours.add(startMs);
    else keys[service]!.rollups.push({ stepMs, startMs });
  }
  return { keys, rowsRead: meta.rows_read };
}
