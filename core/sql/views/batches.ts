import { ASKED_SERVICE, column, isoSql, SERVICE_FIRST, type View } from "../view.ts";

export const batches: View = {
  name: "batches",
  about:
    "The transaction log: each message that was stored, with its range of numbers and how long it took to get here.",
  columns: [
    column("service", "text", "who sent it", "s.name"),
    column("shard", "integer", "stream of the service that took it", "l.shard"),
    column("first_seq", "integer", "number of its first record", "l.first_seq"),
    column("last_seq", "integer", "number of its last record", "l.last_seq"),
    column("records", "integer", "how many records", "l.last_seq - l.first_seq + 1"),
    column("received", "text", "when its first batch was received, ISO 8601 in UTC", isoSql("l.received_ms")),
    column("received_ms", "integer", "the same in epoch milliseconds", "l.received_ms"),
    column("applied_ms", "integer", "when it was stored, epoch milliseconds", "l.applied_ms"),
  ],
  from: `FROM ${SERVICE_FIRST} main.ledger l ON l.service_id = s.id
WHERE ${ASKED_SERVICE} AND l.received_ms >= ?1 AND l.received_ms < ?2`,
  examples: [
    "SELECT service, count(*) AS batches, avg(applied_ms - received_ms) AS avg_lag_ms FROM batches GROUP BY service",
  ],
};
