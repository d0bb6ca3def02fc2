import { column, isoSql, type View } from "../view.ts";

export const services: View = {
  name: "services",
  about: "Who sends, with how many records were stored of each.",
  columns: [
    column("service", "text", "its name", "s.name"),
    column("records", "integer", "how many records were ever stored", "s.records"),
    column("first_seen", "text", "when its first batch was received, ISO 8601 in UTC", isoSql("s.first_seen_ms")),
    column("last_seen", "text", "when its latest stored batch was received", isoSql("s.last_seen_ms")),
    column("first_seen_ms", "integer", "the same in epoch milliseconds", "s.first_seen_ms"),
    column("last_seen_ms", "integer", "the same in epoch milliseconds", "s.last_seen_ms"),
  ],
  from: "FROM main.services s",
  examples: ["SELECT service, records, last_seen FROM services ORDER BY records DESC"],
};
