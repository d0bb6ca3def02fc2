import { describe, expect, it, vi } from "vitest";
import type { StreamReport } from "../../durable-objects/overview.ts";
import { protocolOf } from "../../worker/metrics/metered.ts";
import { MAX_NAMED_SERVICES, streamSamples } from "../../worker/metrics/stream-samples.ts";
import { accessLine, ask, json, post, settled } from "./ask.ts";

const scrape = async (path = "/metrics"): Promise<Map<string, number>> => {
  const answer = await ask(path);
  expect(answer.headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
};

describe("GET /metrics", () => {
  it("counts a line at every stage", async () => {
    await json(post("/ingest/metered", `${accessLine()}\n${accessLine()}\n`));
    await json(post("/ingest/metered", '{"a":1}\n{broken', { "Content-Type": "application/x-ndjson" }));
    expect((await post("/ingest/metered", "")).status).toBe(400);
    await settled();
    await vi.waitFor(
      async () => {
        const found = await scrape();
        const at = (series: string): number => found.get(series) ?? 0;
        expect(at('weir_http_requests_total{protocol="any",status="2xx"}')).toBeGreaterThanOrEqual(2);
        expect(at('weir_http_requests_total{protocol="any",status="4xx"}')).toBeGreaterThanOrEqual(1);
        expect(at('weir_ingest_refused_requests_total{protocol="any",code="empty_body"}')).toBe(1);
        expect(at('weir_ingest_refused_lines_total{reason="invalid_json"}')).toBe(1);
        expect(at("weir_ingest_accepted_lines_total")).toBe(3);
        expect(at('weir_ingest_body_bytes_total{protocol="any"}')).toBeGreaterThan(2 * accessLine().length);
        expect(at("weir_ingest_ack_duration_seconds_count")).toBeGreaterThanOrEqual(2);
        expect(at('weir_consumer_messages_total{outcome="applied"}')).toBeGreaterThanOrEqual(1);
        expect(at("weir_consumer_applied_records_total")).toBe(3);
        expect(at("weir_queue_messages_sent_total")).toBeGreaterThanOrEqual(1);
        expect(at('weir_service_records_total{service="metered"}')).toBe(3);
        expect(at("weir_stored_records_total")).toBe(3);
        expect(at("weir_unconfirmed_records")).toBe(0);
        expect(at("weir_oldest_unconfirmed_age_seconds")).toBe(0);
        expect(at('weir_build_info{version="0.1.0"}')).toBe(1);
      },
      { timeout: 20_000, interval: 500 },
    );
  });

  it("answers the same under /api", async () => {
    expect((await scrape("/api/metrics")).get("weir_services")).toBe((await scrape()).get("weir_services"));
  });

  it.each(["/metrics", "/api/metrics"])("refuses %s without a key", async (path) => {
    expect((await ask(path, { headers: { "X-No-Key": "1" } })).status).toBe(401);
  });
});

it.each([
  ["/ingest/web", "any"],
  ["/otlp/v1/logs", "otlp"],
  ["/api/live/sse", "live"],
  ["/api/logs", "api"],
  ["/metrics", "operations"],
  ["/", "page"],
  ["/wp-login.php", "page"],
])("counts %s as %s", (path, protocol) => {
  expect(protocolOf(path)).toBe(protocol);
});

describe("streamSamples", () => {
  const report = (at: number, shard = 0): StreamReport => ({
    service: `s${at}`,
    shard,
    acknowledged: 10,
    stored: 8,
    unconfirmed: 2,
    oldestUnconfirmedMs: 1_000,
    firstSeenMs: at,
    lastSeenMs: 2_000,
    seconds: [],
  });
  const of = (reports: StreamReport[]) =>
    new Map(streamSamples({ reports, services: reports.length, watchers: 1 }, 4_000));

  it("adds shards up, and takes reports that an earlier version saved", () => {
    const samples = of([report(1, 0), report(1, 1)]);
    expect(samples.get('weir_service_records_total{service="s1"}')).toBe(20);
    expect(samples.get("weir_oldest_unconfirmed_age_seconds")).toBe(3);
    expect(samples.get("weir_journal_bytes")).toBe(0);
    expect(samples.get("weir_watchers")).toBe(1);
  });

  it("names as many services as its limit, and adds the rest up", () => {
    const reports = Array.from({ length: MAX_NAMED_SERVICES + 2 }, (_, at) => report(at));
    expect(of(reports.slice(0, -2)).has('weir_service_records_total{service="~other"}')).toBe(false);
    expect(of(reports).get('weir_service_records_total{service="~other"}')).toBe(20);
    expect([...of(reports).keys()].filter((series) => series.startsWith("weir_service_records"))).toHaveLength(
      MAX_NAMED_SERVICES + 1,
    );
  });
});
