import { Hono } from "hono";
import { knowRoutes } from "./allowed-methods.ts";
import { auditRest } from "./auth/audit.ts";
import { requireReader } from "./auth/require.ts";
import type { AppEnv } from "./env.ts";
import { onError, onNotFound } from "./errors.ts";
import { metered } from "./metrics/metered.ts";
import { requestId } from "./request-id.ts";
import { analytics } from "./routes/analytics.ts";
import { annotations } from "./routes/annotations.ts";
import { archive } from "./routes/archive.ts";
import { audit } from "./routes/audit.ts";
import { budget } from "./routes/budget.ts";
import { connect } from "./routes/connect.ts";
import { deadLetters } from "./routes/dead-letters.ts";
import { docs } from "./routes/docs.ts";
import { exported } from "./routes/export.ts";
import { forgetRoute } from "./routes/forget.ts";
import { forwards } from "./routes/forwards.ts";
import { deepHealth, health } from "./routes/health.ts";
import { imported } from "./routes/import.ts";
import { ingest } from "./routes/ingest.ts";
import { keys } from "./routes/keys.ts";
import { links, openLink } from "./routes/links.ts";
import { live } from "./routes/live.ts";
import { logRecord } from "./routes/log-record.ts";
import { logs } from "./routes/logs.ts";
import { metrics } from "./routes/metrics.ts";
import { describeApp, openapi } from "./routes/openapi.ts";
import { pages } from "./routes/pages.ts";
import { pipeline } from "./routes/pipeline.ts";
import { services } from "./routes/services.ts";
import { session } from "./routes/session.ts";
import { sql } from "./routes/sql.ts";
import { stats } from "./routes/stats.ts";
import { top } from "./routes/top.ts";
import { tryLines } from "./routes/try-lines.ts";
import { views } from "./routes/views.ts";
import { securityHeaders } from "./security-headers.ts";
import { smallBody } from "./small-body.ts";
import { terminalSafe } from "./terminal-safe.ts";

/** What the dashboard asks: every route behind a key or a session. Its type is the dashboard's client. */
const api = new Hono<AppEnv>()
  .use(requireReader)
  .use(smallBody)
  .use(auditRest)
  .route("/services", services)
  .route("/logs", logs)
  .route("/logs", logRecord)
  .route("/stats", stats)
  .route("/top", top)
  .route("/sql", sql)
  .route("/budget", budget)
  .route("/export", exported)
  .route("/views", views)
  .route("/annotations", annotations)
  .route("/analytics", analytics)
  .route("/pipeline", pipeline)
  .route("/archive", archive)
  .route("/forget", forgetRoute)
  .route("/dead-letters", deadLetters)
  .route("/try", tryLines)
  .route("/connect", connect)
  .route("/live", live)
  .route("/keys", keys)
  .route("/audit", audit)
  .route("/metrics", metrics)
  .route("/forwards", forwards)
  .route("/links", links)
  .route("/health", deepHealth);

export const app = new Hono<AppEnv>()
  .use(requestId)
  .use(metered)
  .use(securityHeaders)
  .use(terminalSafe)
  .route("/healthz", health)
  .route("/", ingest)
  .route("/import", imported)
  .route("/api/session", session)
  .route("/api/openapi.json", openapi)
  .route("/docs", docs)
  .route("/link", openLink)
  .route("/api", api)
  .use("/metrics", requireReader)
  .route("/metrics", metrics)
  .use("/analytics/*", requireReader)
  .route("/analytics", analytics)
  .get("*", pages)
  .notFound(onNotFound)
  .onError(onError);

describeApp(app.routes);
knowRoutes(app.routes);

/** For typed clients (`hc<Api>`). @public */
export type Api = typeof api;
