import { describe, expect, it } from "vitest";
import { ask, json, post } from "./ask.ts";

interface Logs {
  records: Record<string, unknown>[];
}

const logsOf = async (service: string): Promise<Logs["records"]> =>
  (await json<Logs>(ask(`/api/logs?service=${service}&from=0&order=oldest`))).records;
const nanos = "1795341600123456789";

describe("records sent as", () => {
  it.each([
    [
      "OTLP logs in JSON",
      "/otlp/v1/logs",
      JSON.stringify({
        resourceLogs: [
          {
            resource: { attributes: [{ key: "service.name", value: { stringValue: "otlp-shop" } }] },
            scopeLogs: [
              {
                logRecords: [
                  {
                    timeUnixNano: nanos,
                    severityNumber: 17,
                    body: { stringValue: "it broke" },
                    attributes: [{ key: "http.response.status_code", value: { intValue: 503 } }],
                  },
                ],
              },
            ],
          },
        ],
      }),
      { "Content-Type": "application/json" },
      "otlp-shop",
      { message: "it broke", level: "error", status: 503, time: "2026-11-22T10:00:00.123456789Z" },
    ],
    [
      "Loki streams",
      "/loki/api/v1/push",
      JSON.stringify({
        streams: [{ stream: { service_name: "loki-shop", level: "warn" }, values: [[nanos, "disk is filling"]] }],
      }),
      { "Content-Type": "application/json" },
      "loki-shop",
      { message: "disk is filling", level: "warn", time: "2026-11-22T10:00:00.123456789Z" },
    ],
    [
      "an Elasticsearch bulk body",
      "/elastic/_bulk",
      '{"index":{"_index":"elastic-shop","_type":"events"}}\n{"@timestamp":"2026-11-22T10:00:00.123Z","message":"saved","log.level":"info"}\n',
      { "Content-Type": "application/x-ndjson" },
      "elastic-shop",
      { message: "saved", level: "info", time: "2026-11-22T10:00:00.123Z" },
    ],
    [
      "Splunk events",
      "/splunk/services/collector/event",
      '{"time":1795341600.123,"source":"splunk-shop","event":{"message":"sold","severity":"INFO"}}',
      {},
      "splunk-shop",
      { message: "sold" },
    ],
    [
      "Datadog logs",
      "/datadog/api/v2/logs?service=datadog-shop",
      JSON.stringify([{ message: "paid", status: "error", ddsource: "node" }]),
      { "Content-Type": "application/json" },
      "datadog-shop",
      { message: "paid" },
    ],
    [
      "GELF",
      "/gelf?service=gelf-shop",
      JSON.stringify({ version: "1.1", host: "h1", short_message: "hello", level: 3, timestamp: 1795341600.5 }),
      {},
      "gelf-shop",
      { message: "hello", level: "error", host: "h1" },
    ],
    [
      "journald's export format",
      "/journald/journald-shop/upload",
      "__REALTIME_TIMESTAMP=1795341600123456\nMESSAGE=unit started\nPRIORITY=6\n_HOSTNAME=h2\nSYSLOG_IDENTIFIER=systemd\n\n",
      { "Content-Type": "application/vnd.fdo.journal" },
      "journald-shop",
      { message: "unit started", level: "info", host: "h2", app: "systemd" },
    ],
    [
      "Logpush",
      "/logpush/logpush-shop",
      '{"EdgeStartTimestamp":"2026-11-22T10:00:00Z","ClientRequestMethod":"GET","ClientRequestURI":"/x","EdgeResponseStatus":200}\n',
      {},
      "logpush-shop",
      { method: "GET", path: "/x", status: 200 },
    ],
    [
      "a beacon",
      "/beacon/beacon-shop",
      JSON.stringify({ type: "view", url: "https://shop.test/cart" }),
      { "Content-Type": "text/plain" },
      "beacon-shop",
      { path: "/cart" },
    ],
  ])("%s", async (_name, path, body, headers, service, record) => {
    const answer = await post(path, body, headers);
    expect(answer.status, await answer.clone().text()).toBeLessThan(300);
    await answer.arrayBuffer();
    expect(await logsOf(service)).toMatchObject([record]);
  });
});

describe("a protocol", () => {
  it("greets its clients without a key", async () => {
    const health = await ask("/elastic/_cluster/health", { headers: { "X-No-Key": "1" } });
    expect(health.status).toBe(200);
    expect(health.headers.get("X-Elastic-Product")).toBe("Elasticsearch");
    expect((await ask("/loki/ready", { headers: { "X-No-Key": "1" } })).status).toBe(200);
  });

  it("refuses in its own words", async () => {
    const bulk = await post("/elastic/_bulk", "{}", { "X-No-Key": "1" });
    expect(bulk.status).toBe(401);
    expect(bulk.headers.get("X-Elastic-Product")).toBe("Elasticsearch");
    expect(await bulk.json()).toMatchObject({ status: 401, error: { type: "unauthorized" } });
    const collector = await post("/splunk/services/collector/event", "{}", { Authorization: "Splunk wrong" });
    expect(await collector.json()).toMatchObject({ code: 4 });
  });

  it("spreads a request over the services that it names", async () => {
    const streams = ["split-a", "split-b"].map((name) => ({
      stream: { service_name: name },
      values: [[nanos, `to ${name}`]],
    }));
    await post("/loki/api/v1/push", JSON.stringify({ streams }), { "Content-Type": "application/json" });
    expect(await logsOf("split-a")).toMatchObject([{ message: "to split-a" }]);
    expect(await logsOf("split-b")).toMatchObject([{ message: "to split-b" }]);
  });
});

describe("an identical batch", () => {
  const push = (service: string, time: string): Promise<Response> =>
    post(
      "/loki/api/v1/push",
      JSON.stringify({ streams: [{ stream: { service_name: service }, values: [[time, "once"]] }] }),
      { "Content-Type": "application/json" },
    );

  it("with sub-second times is a retry and counts once", async () => {
    for (let attempt = 0; attempt < 3; attempt++) expect((await push("retried", nanos)).status).toBe(204);
    expect(await logsOf("retried")).toHaveLength(1);
  });

  it("with whole seconds may be another event and counts each time", async () => {
    for (let attempt = 0; attempt < 2; attempt++) await push("again", "1795341600000000000");
    expect(await logsOf("again")).toHaveLength(2);
  });
});
