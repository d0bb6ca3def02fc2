import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { forwardSchema, isWorthRepeating, retryAfterSeconds } from "../../../core/forward/forward.ts";
import { payloadOf } from "../../../core/forward/payload-of.ts";
import { LogRecord } from "../../../core/record.ts";
import type { PlacedRecord } from "../../../core/record-json.ts";

const placed = (fields: Partial<LogRecord>, seq = 1): PlacedRecord => ({
  service: "web",
  shard: 0,
  seq,
  record: Object.assign(new LogRecord(), { tsMs: 1_795_341_600_123, ...fields }),
});

const RECORDS = [
  placed({
    level: "error",
    message: "payment failed",
    subNs: 456_789,
    attrs: { order: 17, paid: false, cart: { n: 2 } },
  }),
  placed({ level: "info", message: "GET / HTTP/1.1", status: 200, traceId: "0af7651916cd43dd8448eb211c80319c" }, 2),
];

describe("payloadOf", () => {
  it("writes NDJSON as an export has it, which says nothing of where the records lie", () => {
    const { contentType, body } = payloadOf("http", RECORDS);
    expect(contentType).toBe("application/x-ndjson");
    const lines = body
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ service: "web", seq: 1, time: "2026-11-22T10:00:00.123456789Z", level: "error" });
    expect(lines[1]).not.toHaveProperty("source");
  });

  it("writes OTLP with times to the nanosecond and typed attributes", () => {
    const { resourceLogs } = JSON.parse(payloadOf("otlp", RECORDS).body);
    expect(resourceLogs[0].resource.attributes).toEqual([{ key: "service.name", value: { stringValue: "web" } }]);
    const [failed, request] = resourceLogs[0].scopeLogs[0].logRecords;
    expect(failed).toMatchObject({
      timeUnixNano: "1795341600123456789",
      severityNumber: 17,
      severityText: "ERROR",
      body: { stringValue: "payment failed" },
      attributes: [
        { key: "order", value: { intValue: "17" } },
        { key: "paid", value: { boolValue: false } },
        { key: "cart", value: { stringValue: '{"n":2}' } },
      ],
    });
    expect(request).toMatchObject({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      attributes: [{ key: "http.response.status_code", value: { intValue: "200" } }],
    });
  });

  it("leaves out a trace id that OTLP would refuse", () => {
    const { resourceLogs } = JSON.parse(payloadOf("otlp", [placed({ traceId: "abc" })]).body);
    expect(resourceLogs[0].scopeLogs[0].logRecords[0]).not.toHaveProperty("traceId");
  });

  it("writes one Loki stream a level, the rest as structured metadata", () => {
    const { streams } = JSON.parse(payloadOf("loki", RECORDS).body);
    expect(streams).toEqual([
      {
        stream: { service_name: "web", level: "error" },
        values: [["1795341600123456789", "payment failed", { order: "17", paid: "false", cart: '{"n":2}' }]],
      },
      {
        stream: { service_name: "web", level: "info" },
        values: [["1795341600123000000", "GET / HTTP/1.1", { http_response_status_code: "200" }]],
      },
    ]);
  });
});

describe("retries", () => {
  it.each([
    [1, 5],
    [2, 10],
    [8, 640],
    [9, 900],
    [12, 900],
  ])("wait after try %i for %i s", (attempts, seconds) => {
    expect(retryAfterSeconds(attempts)).toBe(seconds);
  });

  it.each([
    [408, true],
    [429, true],
    [500, true],
    [503, true],
    [301, false],
    [400, false],
    [401, false],
    [413, false],
  ])("are worth it after %i: %s", (status, worth) => {
    expect(isWorthRepeating(status)).toBe(worth);
  });
});

describe("forwardSchema refuses", () => {
  const base = { service: "web", kind: "http", url: "https://logs.example.net/" };
  it.each([
    ["an unknown kind", { ...base, kind: "kafka" }],
    ["no address", { ...base, url: "logs" }],
    ["a line break in a header", { ...base, headers: { "X-A": "a\r\nHost: b" } }],
    ["a header of the sending itself", { ...base, headers: { Host: "inside" } }],
    [
      "a 21st header",
      { ...base, headers: Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`X-${at}`, "a"])) },
    ],
    ["an unknown setting", { ...base, retries: 3 }],
  ])("%s", (_name, value) => {
    expect(v.safeParse(forwardSchema, value).success).toBe(false);
  });

  it("and takes 20 headers", () => {
    const headers = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`X-${at}`, "a"]));
    expect(v.safeParse(forwardSchema, { ...base, headers }).success).toBe(true);
  });
});
