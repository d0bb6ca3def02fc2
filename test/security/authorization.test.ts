import { beforeAll, describe, expect, it } from "vitest";
import { ask, bindings, json, post } from "../worker/ask.ts";
import { bearer, makeKey, postJson } from "../worker/auth/make-key.ts";

let read: Record<string, string>;
let ingest: Record<string, string>;
let beacon: Record<string, string>;
beforeAll(async () => {
  read = bearer((await makeKey("read")).key);
  ingest = bearer((await makeKey("ingest", { services: ["mine", "team-*"] })).key);
  beacon = bearer((await makeKey("beacon", { origins: ["https://shop.test"], services: ["shop"] })).key);
});

const call = (headers: Record<string, string>, method: string, path: string): Promise<Response> =>
  ask(path, {
    method,
    headers: { ...headers, "Content-Type": "application/json" },
    ...(method === "GET" || method === "DELETE" ? {} : { body: "{}" }),
  });

describe("API5 ASVS 8.2.1: a key of scope read", () => {
  it.each([
    ["PUT", "/api/services/web"],
    ["POST", "/api/keys"],
    ["GET", "/api/keys"],
    ["POST", "/api/keys/x/rotate"],
    ["DELETE", "/api/keys/x"],
    ["GET", "/api/audit"],
    ["POST", "/api/dead-letters/replay"],
    ["POST", "/api/dead-letters/discard"],
    ["PATCH", "/api/services/web"],
    ["DELETE", "/api/services/web"],
    ["POST", "/api/logs"],
    ["POST", "/api/nothing/yet"],
    ["PUT", "/api/sql"],
  ])("may not %s %s", async (method, path) => {
    expect((await call(read, method, path)).status).toBe(403);
  });

  it.each(["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])("is not helped by %s", async (name) => {
    const answer = await ask("/api/services/web", { headers: { ...read, [name]: "PUT" } });
    expect(await json(answer)).toHaveProperty("settings");
  });

  it.each([
    "/API/keys",
    "/api/keys/",
    "/api//keys",
    "/api/./keys",
    "/api/%6beys",
    "/api/keys%2f",
    "/api/keys;x",
    "/api/services/../keys",
  ])("sees no keys at %s", async (path) => {
    const answer = await ask(path, { headers: read });
    expect([403, 404, 400]).toContain(answer.status);
    expect(await answer.text()).not.toContain("prefix");
  });
});

describe("API5 ASVS 8.2.1: keys that send", () => {
  it.each([
    "/api/services",
    "/api/logs",
    "/api/sql/schema",
    "/api/keys",
    "/api/audit",
    "/metrics",
    "/analytics/top_ips",
    "/api/live/sse",
  ])("read nothing at %s", async (path) => {
    expect((await ask(path, { headers: ingest })).status).toBe(403);
    expect((await ask(path, { headers: { ...beacon, Origin: "https://shop.test" } })).status).toBe(403);
  });

  it("open no live socket", async () => {
    expect((await ask("/api/live?service=mine", { headers: { ...ingest, Upgrade: "websocket" } })).status).toBe(403);
  });
});

describe("API1 ASVS 8.2.2: a key bound to services", () => {
  const line = '{"message":"x"}';
  it.each([
    ["the path", "/ingest/other", line, {}],
    ["a name that only begins alike", "/ingest/mine2", line, {}],
    ["a prefix of the prefix", "/ingest/team", line, {}],
    ["the query", "/gelf?service=other", '{"short_message":"x"}', {}],
    ["a header", "/gelf", '{"short_message":"x"}', { "X-Weir-Service": "other" }],
    ["the record", "/gelf", '{"short_message":"x","_service":"other"}', {}],
    [
      "the path before the protocol's own",
      "/loki/other/api/v1/push",
      '{"streams":[{"stream":{},"values":[["1","x"]]}]}',
      { "Content-Type": "application/json" },
    ],
    [
      "a label",
      "/loki/api/v1/push",
      '{"streams":[{"stream":{"service_name":"other"},"values":[["1","x"]]}]}',
      { "Content-Type": "application/json" },
    ],
    ["an index", "/elastic/_bulk", '{"index":{"_index":"other"}}\n{"message":"x"}\n', {}],
    ["a document", "/elastic/_bulk", '{"index":{"_index":"mine"}}\n{"message":"x","service":{"name":"other"}}\n', {}],
    ["a Splunk source", "/splunk/services/collector/event", '{"event":"x","source":"other"}', {}],
    ["a Datadog service", "/datadog/api/v2/logs", '[{"message":"x","service":"other"}]', {}],
    [
      "the second of two services",
      "/splunk/services/collector/event",
      '{"event":"x","index":"mine"}{"event":"y","fields":{"service":"other"}}',
      {},
    ],
    ["a dry run", "/ingest/other?dry=1", line, {}],
    ["a beacon", "/beacon/other", '{"e":"view"}', {}],
    ["logpush", "/logpush/other", line, {}],
    ["journald", "/journald/other/upload", "MESSAGE=x\n\n", {}],
  ])("sends to no other by %s", async (_name, path, body, headers) => {
    const answer = await post(path, body, { ...ingest, ...headers } as Record<string, string>);
    expect(answer.status, await answer.text()).toBe(403);
  });

  it("sends to its own", async () => {
    for (const path of ["/ingest/mine", "/ingest/team-a"]) expect((await post(path, line, ingest)).status).toBe(200);
  });

  it("opens no socket to another", async () => {
    expect((await ask("/ingest/other", { headers: { ...ingest, Upgrade: "websocket" } })).status).toBe(403);
  });
});

describe("API1 ASVS 8.2.4: a beacon key, which anyone can read in the page", () => {
  it.each([
    ["another origin", { Origin: "https://evil.test" }],
    ["a subdomain", { Origin: "https://a.shop.test" }],
    ["a lookalike", { Origin: "https://shop.test.evil.test" }],
    ["http", { Origin: "http://shop.test" }],
    ["another port", { Origin: "https://shop.test:444" }],
    ["an opaque origin", { Origin: "null" }],
    ["no origin", {}],
    ["a referrer alone", { Referer: "https://shop.test/" }],
    ["upper case", { Origin: "HTTPS://SHOP.TEST" }],
  ])("sends nothing from %s", async (_name, headers) => {
    expect(
      (await post("/beacon/shop", '{"e":"view"}', { ...beacon, ...headers } as Record<string, string>)).status,
    ).toBe(403);
  });

  it.each(["/ingest/shop", "/gelf?service=shop", "/loki/shop/api/v1/push", "/otlp/v1/logs", "/elastic/shop/_bulk"])(
    "sends nothing to %s",
    async (path) => {
      expect((await post(path, "{}", { ...beacon, Origin: "https://shop.test" })).status).toBe(403);
    },
  );
});

describe("API3 ASVS 15.3.3: fields that nobody asked for", () => {
  it.each([
    ["an id", { id: "chosen" }],
    ["a hash", { hash: "00" }],
    ["a creator", { createdBy: "somebody" }],
    ["a time of revocation", { revokedMs: null }],
    ["a prototype", JSON.parse('{"__proto__":{"scope":"admin"}}')],
  ])("are not set by POST /api/keys: %s", async (_name, more) => {
    const answer = await postJson("/api/keys", { name: "x", scope: "read", ...more });
    if (answer.status === 201) expect(await answer.json()).toMatchObject({ scope: "read", createdBy: "admin token" });
    else expect(answer.status).toBe(400);
  });

  it("are refused in settings", async () => {
    for (const body of [
      '{"admin":true}',
      '{"redact":{"all":true}}',
      '{"constructor":{}}',
      '{"__proto__":{"hotDays":1}}',
    ]) {
      const answer = await ask("/api/services/props", {
        method: "PUT",
        body,
        headers: { "Content-Type": "application/json" },
      });
      if (answer.status === 200) expect(await answer.json()).toMatchObject({ settings: { hotDays: 7 } });
      else expect(answer.status).toBe(400);
    }
  });

  it("API3 ASVS 15.3.1: no answer holds a key's digest", async () => {
    const { id } = await makeKey("read");
    const { hash } = (await bindings.CONTROL.prepare("SELECT hash FROM api_keys WHERE id = ?")
      .bind(id)
      .first<{ hash: string }>())!;
    for (const path of ["/api/keys", "/api/audit"]) expect(await (await ask(path)).text()).not.toContain(hash);
  });
});

it("ASVS 8.3.2: a revoked key is refused at once here, and everywhere within 30 s", async () => {
  const { key, id } = await makeKey("ingest");
  expect((await post("/ingest/revoked", "x", bearer(key))).status).toBe(200);
  await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
  expect((await post("/ingest/revoked", "x", bearer(key))).status).toBe(401);
});
