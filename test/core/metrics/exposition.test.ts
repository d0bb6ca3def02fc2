import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expositionOf } from "../../../core/metrics/exposition.ts";
import { MAX_SERIES, type MetricDelta, MetricSums, seriesOf } from "../../../core/metrics/metric-delta.ts";

describe("expositionOf", () => {
  it("writes help and type once, then every series", () => {
    const sums = new MetricSums();
    sums.count("weir_http_requests_total", { protocol: "any", status: "2xx" }, 3);
    sums.count("weir_http_requests_total", { protocol: "api", status: "4xx" });
    expect(expositionOf(sums.state(), [["weir_services", 2]]).split("\n")).toEqual([
      expect.stringMatching(/^# HELP weir_http_requests_total ./),
      "# TYPE weir_http_requests_total counter",
      'weir_http_requests_total{protocol="any",status="2xx"} 3',
      'weir_http_requests_total{protocol="api",status="4xx"} 1',
      "# HELP weir_services Services announced.",
      "# TYPE weir_services gauge",
      "weir_services 2",
      "",
    ]);
  });

  it("adds buckets up, with a value on a bound inside it", () => {
    const sums = new MetricSums();
    for (const seconds of [0.005, 0.006, 99]) sums.observe("weir_ingest_ack_duration_seconds", seconds);
    const text = expositionOf(sums.state(), []);
    expect(text).toContain('weir_ingest_ack_duration_seconds_bucket{le="0.005"} 1\n');
    expect(text).toContain('weir_ingest_ack_duration_seconds_bucket{le="0.01"} 2\n');
    expect(text).toContain('weir_ingest_ack_duration_seconds_bucket{le="10"} 2\n');
    expect(text).toContain('weir_ingest_ack_duration_seconds_bucket{le="+Inf"} 3\n');
    expect(text).toContain("weir_ingest_ack_duration_seconds_count 3\n");
  });

  it("keeps a histogram's own labels before its bounds", () => {
    const sums = new MetricSums();
    sums.observe("weir_http_request_duration_seconds", 1, { protocol: "otlp" });
    expect(expositionOf(sums.state(), [])).toContain(
      'weir_http_request_duration_seconds_bucket{protocol="otlp",le="1"} 1\n',
    );
  });

  it("leaves out a histogram that was counted in other buckets", () => {
    const state: MetricDelta = {
      counters: [],
      histograms: [["weir_ingest_ack_duration_seconds", { counts: [1, 2], sum: 3 }]],
      latest: [],
    };
    expect(expositionOf(state, [])).toBe("");
  });
});

it("escapes what a label value may not hold", () => {
  expect(seriesOf("m", { a: 'x"y\\z\n' })).toBe('m{a="x\\"y\\\\z\\n"}');
});

it("takes as many series as its limit, and none more", () => {
  const sums = new MetricSums();
  for (let at = 0; at <= MAX_SERIES; at++) sums.count("weir_http_requests_total", { protocol: `p${at}` });
  sums.count("weir_http_requests_total", { protocol: "p0" });
  const { counters } = sums.state();
  expect(counters).toHaveLength(MAX_SERIES);
  expect(counters[0]).toEqual(['weir_http_requests_total{protocol="p0"}', 2]);
});

it("adds deltas up in any order and grouping", () => {
  const series = fc.constantFrom("a_total", 'a_total{x="1"}', "b_total");
  const delta: fc.Arbitrary<MetricDelta> = fc.record({
    counters: fc.array(fc.tuple(series, fc.integer({ min: 0, max: 1_000 }))),
    histograms: fc.array(
      fc.tuple(series, fc.record({ counts: fc.tuple(fc.nat(9), fc.nat(9)), sum: fc.integer({ min: 0, max: 99 }) })),
    ),
    latest: fc.array(fc.tuple(series, fc.nat(99))),
  });
  const sorted = (state: MetricDelta) =>
    Object.values(state).map((entries: [string, unknown][]) => [...entries].sort(([x], [y]) => (x < y ? -1 : 1)));
  const sumOf = (deltas: MetricDelta[]): MetricDelta => {
    const sums = new MetricSums();
    for (const each of deltas) sums.add(each);
    return sums.state();
  };
  fc.assert(
    fc.property(delta, delta, delta, (a, b, c) => {
      expect(sorted(sumOf([c, sumOf([b, a])]))).toEqual(sorted(sumOf([sumOf([a, b]), c])));
    }),
  );
});
