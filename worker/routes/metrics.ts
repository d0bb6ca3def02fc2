import { Hono } from "hono";
import { EXPOSITION_TYPE, expositionOf } from "../../core/metrics/exposition.ts";
import { type MetricDelta, seriesOf } from "../../core/metrics/metric-delta.ts";
import { type AppEnv, metersOf, overviewOf } from "../env.ts";
import { type OverviewReports, streamSamples } from "../metrics/stream-samples.ts";
import { describe } from "../openapi/describe.ts";
import { VERSION } from "../version.ts";

const described = describe({
  tag: "Operations",
  summary: "Every stage's counters in Prometheus' text format; docs/ops has rules and a dashboard.",
  example: {},
  type: "text/plain",
});

/**
 * GET /metrics, for Prometheus. Isolates are many and a scrape reaches any of them, so nothing is read from this one's memory: counts
 * of requests and messages come from the `Meters` object, figures of streams from the `Overview`. No stream is woken.
 */
export const metrics = new Hono<AppEnv>().get("/", described, async (c) => {
  const [sums, reports] = await Promise.all([metersOf(c.env).sums(), overviewOf(c.env).reports()]);
  // The casts: RPC types know arrays, not tuples.
  const samples = streamSamples(reports as unknown as OverviewReports, Date.now());
  samples.push([seriesOf("weir_build_info", { version: VERSION }), 1]);
  return c.body(expositionOf(sums as unknown as MetricDelta, samples), 200, {
    "Content-Type": EXPOSITION_TYPE,
    "Cache-Control": "no-store",
  });
});
