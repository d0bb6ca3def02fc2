import { STEPS_MS } from "../../summary/steps.ts";
import { ASKED_SERVICE, column, isoSql, SERVICE_FIRST, type View } from "../view.ts";

// The stored form begins with its version and the count: `1 4711`; core/summary/encode-summary.ts.
const COUNT = "sum(CAST(substr(m.summary, 3, 20) AS INTEGER))";
const BYTES_AT = "instr(m.summary, char(10) || 'bytes ')";
const BYTES = `sum(CASE ${BYTES_AT} WHEN 0 THEN 0 ELSE CAST(substr(m.summary, ${BYTES_AT} + 7, 20) AS INTEGER) END)`;

export const minutes: View = {
  name: "minutes",
  about:
    "How many records each minute of a service had, those of the archive too. After two days minutes become hours, after thirty days hours become days: see step_ms.",
  columns: [
    column("service", "text", "who sent them", "s.name"),
    column("time", "text", "start of the minute, ISO 8601 in UTC", isoSql("m.start_ms")),
    column("ts_ms", "integer", "the same in epoch milliseconds", "m.start_ms"),
    column("step_ms", "integer", "what the row covers: 60000, 3600000 or 86400000 ms", "m.step_ms"),
    column("records", "integer", "how many records", COUNT),
    column("bytes", "integer", "sum of the response bodies", BYTES),
  ],
  from: `FROM ${SERVICE_FIRST} main.summaries m ON m.service_id = s.id
WHERE ${ASKED_SERVICE} AND m.step_ms IN (${STEPS_MS.join(", ")}) AND m.start_ms >= ?1 AND m.start_ms < ?2
GROUP BY s.name, m.step_ms, m.start_ms`,
  examples: [
    "SELECT time, sum(records) AS records FROM minutes GROUP BY time ORDER BY time DESC LIMIT 60",
    "SELECT service, substr(time, 1, 10) AS day, sum(records) AS records, sum(bytes) AS bytes FROM minutes GROUP BY service, day ORDER BY day, service",
  ],
};
