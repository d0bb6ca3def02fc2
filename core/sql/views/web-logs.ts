import { NUMBER_COLUMNS, REAL_DURATION, TEXT_COLUMNS, TIME_COLUMN } from "../../query/columns.ts";
import { column, type View } from "../view.ts";
import { RECORDS, TIME, textColumnSql } from "./logs.ts";

export const webLogs: View = {
  name: "web_logs",
  about: "The requests among the stored records, under the names that web logs are usually asked by.",
  columns: [
    column("ip", "text", "client address", TEXT_COLUMNS.ip.row!),
    column("ts", "text", "when, ISO 8601 in UTC with milliseconds", TIME),
    column("method", "text", "HTTP method", TEXT_COLUMNS.method.row!),
    column("endpoint", "text", "path with its variable parts named: /items/:id", TEXT_COLUMNS.pathTemplate.row!),
    column("status", "integer", "HTTP status", NUMBER_COLUMNS.status),
    column("response_time_ms", "real", "response time in milliseconds", REAL_DURATION),
    column("user_agent", "text", "user agent as sent", textColumnSql("userAgent")),
    column("ua_device", "text", "desktop, mobile, tablet, bot", textColumnSql("device")),
    column("ua_os", "text", "operating system", textColumnSql("os")),
    column("ua_browser", "text", "name of the browser", textColumnSql("browser")),
    column("country", "text", "country of the client, two letters", textColumnSql("country")),
    column("city", "text", "city of the client", textColumnSql("city")),
    column("service", "text", "who sent it", "s.name"),
    column("ts_ms", "integer", "when, epoch milliseconds; conditions on it are fast", TIME_COLUMN),
    column("path", "text", "path as requested, with its query string", TEXT_COLUMNS.path.row!),
    column("bytes", "integer", "size of the response body", NUMBER_COLUMNS.bytes),
    column("referrer", "text", "page that linked here", TEXT_COLUMNS.referrer.row!),
  ],
  from: `${RECORDS} AND r.path IS NOT NULL`,
  examples: [
    "SELECT endpoint, count(*) AS requests, avg(response_time_ms) AS avg_ms FROM web_logs GROUP BY endpoint ORDER BY requests DESC LIMIT 10",
    "SELECT status / 100 AS class, count(*) AS requests FROM web_logs GROUP BY class",
    "SELECT ip, count(*) AS requests, sum(status >= 400) AS errors FROM web_logs GROUP BY ip ORDER BY requests DESC LIMIT 10",
    "SELECT strftime('%H:00', ts) AS hour, count(*) AS requests FROM web_logs GROUP BY hour ORDER BY hour",
  ],
};
