import { ASKED_SERVICE, column, isoSql, SERVICE_FIRST, type View } from "../view.ts";

export const segments: View = {
  name: "segments",
  about:
    "The Parquet objects of the archive, one row each; their records are read by /api/logs, and by any engine from the bucket.",
  columns: [
    column("service", "text", "whose records", "s.name"),
    column("first_time", "text", "time of its earliest record, ISO 8601 in UTC", isoSql("g.min_ms")),
    column("last_time", "text", "time of its latest record", isoSql("g.max_ms")),
    column("min_ms", "integer", "the earliest in epoch milliseconds", "g.min_ms"),
    column("max_ms", "integer", "the latest in epoch milliseconds", "g.max_ms"),
    column("records", "integer", "how many records", "g.records"),
    column("bytes", "integer", "size of the object", "g.bytes"),
    column("kind", "text", "spilled, sealed or merged", "g.kind"),
    column("key", "text", "its name in the bucket", "g.key"),
  ],
  from: `FROM ${SERVICE_FIRST} main.segments g ON g.service_id = s.id
WHERE ${ASKED_SERVICE} AND g.max_ms >= ?1 AND g.min_ms < ?2`,
  examples: [
    "SELECT service, count(*) AS objects, sum(records) AS records, sum(bytes) / sum(records) AS bytes_a_record FROM segments GROUP BY service",
  ],
};
