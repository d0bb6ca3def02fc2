import { describe, expect, it } from "vitest";
import { elastic } from "../../../core/ingest/elastic.ts";
import { decoded, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const path = "/_bulk";
const PRODUCT = { "x-elastic-product": "Elasticsearch" };

const bulk = (...lines: (object | string)[]): string =>
  `${lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n")}\n`;

describe("a bulk body", () => {
  it("of rsyslog, with its index as the service", () => {
    const body =
      '{"index":{"_index": "logs","_type":"events"}}\n{"@timestamp":"2026-11-22T00:50:21.591517+00:00","host":"vm","severity":"notice","message":" hello \\"one\\""}\n';
    expect(recordsOf(elastic, { path, body })).toEqual([
      {
        service: "logs",
        tsMs: Date.UTC(2026, 10, 22, 0, 50, 21, 591),
        subNs: 517_000,
        level: "info",
        message: 'hello "one"',
        host: "vm",
        parser: "text",
      },
    ]);
  });

  it("of winston-elasticsearch, with more keys beside the action", () => {
    const body = bulk(
      { index: { _index: "logs-2026.11.22", pipeline: null }, attempts: 0 },
      { "@timestamp": "2026-11-22T01:05:07.381Z", message: "hello", severity: "info", fields: { user: 1 } },
    );
    expect(recordsOf(elastic, { path, body })).toMatchObject([
      { service: "logs", level: "info", message: "hello", attrs: { fields: { user: 1 } } },
    ]);
  });

  it("whose messages are lines of their own", () => {
    const message = '127.0.0.1 - - [11/Oct/2019:18:23:59 +0000] "GET /a HTTP/1.1" 404 153 "-" "curl/7.58.0"';
    expect(recordsOf(elastic, { path, body: bulk({ index: {} }, { host: "vm", message }) })).toMatchObject([
      { status: 404, path: "/a", host: "vm" },
    ]);
  });

  it("goes where it says: service name, index of the action, index in the path", () => {
    const body = bulk(
      { create: { _index: "a" } },
      { service: { name: "Shop" } },
      { create: { _index: "a" } },
      { x: 1 },
      { create: {} },
      { x: 2 },
    );
    const { batches } = decoded(elastic, { path: "/b/_bulk", body });
    expect(batches.map(({ service, entries }) => [service, entries.length])).toEqual([
      ["shop", 1],
      ["a", 1],
      ["b", 1],
    ]);
    expect(decoded(elastic, { path, body, query: { service: "web" } }).batches).toMatchObject([{ service: "web" }]);
  });

  it("is answered item by item, in the operations' own names and order", () => {
    const body = bulk(
      { index: { _index: "test", _id: "1" } },
      { a: 1 },
      { delete: { _index: "test", _id: "2" } },
      { create: { _index: "test" } },
      "{broken",
      { update: { _id: "1", _index: "test" } },
      { doc: {} },
    );
    const request = decoded(elastic, { path, body });
    expect(request.batches[0]?.entries).toHaveLength(1);
    expect(request.answer(NOTHING_REFUSED)).toEqual({
      status: 200,
      headers: { "content-type": "application/json", ...PRODUCT },
      body: '{"took":1,"errors":false,"items":[{"index":{"_index":"test","_id":"1","status":201}},{"delete":{"_index":"test","_id":"2","status":404}},{"create":{"_index":"test","_id":"-","status":201}},{"update":{"_index":"test","_id":"1","status":200}}]}',
    });
  });

  it("is refused where an action is none", () => {
    expect(elastic.decode(requestOf({ path, body: bulk({ a: 1 }, { b: 2 }) }))).toMatchObject({
      ok: false,
      reason: "undecodable_body",
    });
  });

  it("of one document", () => {
    const request = decoded(elastic, { path: "/web/_doc", body: '{\n"message":"x"\n}' });
    expect(request.batches).toMatchObject([{ service: "web", entries: [{ text: "x" }] }]);
    expect(request.answer(NOTHING_REFUSED).status).toBe(201);
  });
});

describe("before they send, clients", () => {
  const ask = (method: string, path: string) => elastic.handshake?.(requestOf({ method, path }));

  it.each([
    ["GET", "/", '"number":"8.'],
    ["GET", "/_cluster/health", '"status":"green"'],
    ["GET", "/_cat/health", "green"],
    ["GET", "/_license", '"type":"basic"'],
    ["GET", "/_nodes/http", '"cluster_name"'],
    ["GET", "/_ilm/policy/logs", "{}"],
    ["PUT", "/_index_template/logs", '"acknowledged":true'],
    ["PUT", "/_ingest/pipeline/x", '"acknowledged":true'],
    ["PUT", "/logs-1", '"acknowledged":true'],
  ])("%s %s hear what they wait for", (method, path, text) => {
    const reply = ask(method, path);
    expect(reply).toMatchObject({ status: 200, headers: PRODUCT });
    expect(reply?.body).toContain(text);
  });

  it.each(["/", "/_index_template/template_logs", "/logs-1"])("HEAD %s hear no body", (path) => {
    expect(ask("HEAD", path)).toMatchObject({ status: 200, headers: PRODUCT, body: null });
  });

  it("send records all the same", () => {
    for (const path of ["/_bulk", "/logs/_bulk", "/logs/_doc", "/logs/_doc/1", "/logs/_create/1"])
      expect(ask("POST", path)).toBeUndefined();
  });
});

it("refuses in JSON with the product's name", () => {
  expect(elastic.refuse({ code: "overloaded", message: "busy" }, requestOf())).toEqual({
    status: 503,
    headers: { "content-type": "application/json", ...PRODUCT, "retry-after": "1" },
    body: '{"error":{"type":"overloaded","reason":"busy"},"status":503}',
  });
});

describe("to rsyslog, which gives a batch up on any answer with an error, refusing", () => {
  const rsyslog = requestOf({ headers: { "content-type": "application/json; charset=utf-8" } });

  it("what may be repeated breaks the answer off", () => {
    expect(elastic.refuse({ code: "overloaded", message: "busy" }, rsyslog)).toMatchObject({
      status: 503,
      breaksOff: true,
    });
  });

  it("what never will be taken is a whole answer", () => {
    expect(elastic.refuse({ code: "unauthorized", message: "no" }, rsyslog).breaksOff).toBeUndefined();
  });

  it.each([
    ["with a user agent", { "content-type": "application/json; charset=utf-8", "user-agent": "a" }],
    ["with another content type", { "content-type": "application/x-ndjson" }],
  ])("clients %s get a whole answer", (_who, headers) => {
    expect(elastic.refuse({ code: "overloaded", message: "busy" }, requestOf({ headers })).breaksOff).toBeUndefined();
  });
});
