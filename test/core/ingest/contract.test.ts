import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RefusalCode } from "../../../core/ingest/protocol.ts";
import { PROTOCOLS } from "../../../core/ingest/registry.ts";
import { isServiceName } from "../../../core/service-name.ts";
import { NOTHING_REFUSED, requestOf } from "./request-of.ts";

const HOSTILE = [
  "",
  " \n\n",
  "\0\0\0\0",
  "{",
  "[",
  "}{",
  "[[[[[[",
  "null",
  '[null,1,"a"]',
  '"',
  "{}",
  '{"streams":7}',
  '{"resourceLogs":[7,{"scopeLogs":[{"logRecords":[null,{"body":[]}]}]}]}',
  '{"index":{}}',
  '{"index":null}\n{}',
  '{"event":null}',
  '{"__proto__":{"a":1}}',
  '{"records":[1,null,{}],"requestId":"r","timestamp":1}',
  "__CURSOR=\nMESSAGE\nabc",
  "🙂",
  "{".repeat(20_000),
  '{"a":'.repeat(5_000),
  `${'{"a":"'.repeat(5_000)}\n`.repeat(3),
  "<34>".repeat(5_000),
  "99999 <1>x",
];

/** 429 loses batches, 500 and 504 lose or block: no protocol answers so. */
const NEVER = [429, 500, 504];

const CODES: RefusalCode[] = [
  "empty_body",
  "binary_body",
  "undecodable_body",
  "too_many_lines",
  "invalid_request",
  "method_not_allowed",
  "not_configured",
  "unauthorized",
  "forbidden",
  "not_found",
  "invalid_service",
  "invalid_encoding",
  "payload_too_large",
  "rate_limited",
  "quota_exceeded",
  "request_timeout",
  "too_many_services",
  "idempotency_conflict",
  "overloaded",
];

it.each(["otlp", "loki", "elastic", "splunk", "datadog"])("%s takes nothing at paths that are not its own", (name) => {
  const protocol = PROTOCOLS.find((each) => each.name === name)!;
  for (const path of ["", "/", "/v1/traces", "/web", "/api/v1/query"]) {
    expect(protocol.decode(requestOf({ path, body: "{}" }))).toMatchObject({ ok: false, reason: "not_found" });
  }
});

it("gives every protocol a name and a mount of its own", () => {
  expect(new Set(PROTOCOLS.map(({ name }) => name)).size).toBe(PROTOCOLS.length);
  expect(new Set(PROTOCOLS.map(({ mount }) => mount)).size).toBe(PROTOCOLS.length);
});

/** Where each takes its records. */
const PATHS: Record<string, string> = {
  any: "/web",
  otlp: "/v1/logs",
  loki: "/api/v1/push",
  elastic: "/_bulk",
  splunk: "/services/collector/event",
  datadog: "/api/v2/logs",
  gelf: "",
  journald: "/upload",
  logpush: "/web",
  beacon: "/web",
};

describe.each(PROTOCOLS)("$name", (protocol) => {
  const path = PATHS[protocol.name]!;
  const take = (body: string | Uint8Array, headers = {}): void => {
    const result = protocol.decode(requestOf({ path, body, headers }));
    if (!result.ok) {
      expect(result.reason).toMatch(/^(empty_body|binary_body|undecodable_body|too_many_lines)$/);
      expect(result.detail).not.toBe("");
      return;
    }
    for (const { service, entries } of result.value.batches) {
      expect(isServiceName(service)).toBe(true);
      expect(entries.length).toBeLessThanOrEqual(20_000);
    }
    const reply = result.value.answer(NOTHING_REFUSED);
    expect(reply.status).toBeGreaterThanOrEqual(200);
    expect(reply.status).toBeLessThan(300);
  };

  it.each(HOSTILE.map((body) => [body.slice(0, 30), body]))("takes or refuses %j", (_shown, body) => {
    take(body);
    take(body, { "content-type": "application/json" });
    take(body, { "content-type": "application/x-protobuf" });
    take(body, { "content-type": "application/x-www-form-urlencoded" });
  });

  it("takes or refuses any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (body) => take(body)));
  });

  it("takes or refuses any JSON", () => {
    fc.assert(fc.property(fc.json(), (body) => take(body)));
  });

  it.each(CODES)("says no to %s in a way that is not its senders' worst", (code) => {
    const reply = protocol.refuse(
      { code, message: "because", requestId: "r1" },
      requestOf({ headers: { "user-agent": "x" } }),
    );
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(NEVER).not.toContain(reply.status);
    if (reply.status === 503) expect(Number(reply.headers["retry-after"])).toBeLessThanOrEqual(2);
    expect(Object.keys(reply.headers)).toEqual(Object.keys(reply.headers).map((name) => name.toLowerCase()));
  });

  it("answers a request that is no handshake with nothing", () => {
    expect(protocol.handshake?.(requestOf({ path: "/no/such/place", method: "POST" }))).toBeUndefined();
  });
});
