import { describe, expect, it } from "vitest";
import { ask, bindings, json, post, TOKEN } from "../worker/ask.ts";
import { bearer, makeKey, postJson, windowWithTime } from "../worker/auth/make-key.ts";
import { newAddress, nobody } from "./attack.ts";

const PROTECTED = [
  "/api/services",
  "/api/services/web",
  "/api/logs",
  "/api/stats",
  "/api/top/path",
  "/api/analytics/top_ips",
  "/api/pipeline",
  "/api/pipeline/verify?service=web",
  "/api/dead-letters",
  "/api/connect",
  "/api/live/sse",
  "/api/keys",
  "/api/audit",
  "/api/sql/schema",
  "/api/metrics",
  "/api/health",
  "/metrics",
  "/analytics/top_ips",
  "/api/session",
];

it.each(PROTECTED)("API2 ASVS 8.3.1: GET %s answers nobody", async (path) => {
  const answer = await nobody(path);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: "unauthorized" } });
});

it.each([
  ["POST", "/ingest/web"],
  ["PUT", "/ingest/web"],
  ["POST", "/otlp/v1/logs"],
  ["POST", "/loki/api/v1/push"],
  ["POST", "/elastic/_bulk"],
  ["POST", "/splunk/services/collector/event"],
  ["POST", "/splunk/services/collector/raw"],
  ["POST", "/datadog/api/v2/logs"],
  ["POST", "/gelf"],
  ["POST", "/journald/upload"],
  ["POST", "/logpush/web"],
  ["POST", "/beacon/web"],
  ["POST", "/api/sql"],
  ["PUT", "/api/services/web"],
  ["POST", "/api/keys"],
  ["DELETE", "/api/keys/x"],
  ["POST", "/api/dead-letters/replay"],
])("API2 ASVS 6.3.4: %s %s takes nothing from nobody", async (method, path) => {
  const headers = { "Content-Type": "application/json" };
  const answer = await nobody(path, { method, headers, ...(method === "DELETE" ? {} : { body: '{"a":1}' }) });
  expect(answer.status).toBe(401);
});

it.each([
  ["an empty Bearer", { Authorization: "Bearer " }],
  ["a Bearer of blanks", { Authorization: "Bearer    " }],
  ["another scheme", { Authorization: "Digest username=admin" }],
  ["a prefix of the token", bearer(TOKEN.slice(0, -1))],
  ["the token and one character", bearer(`${TOKEN}x`)],
  ["the token in upper case", bearer(TOKEN.toUpperCase())],
  ["the token twice", { Authorization: `Bearer ${TOKEN}, Bearer ${TOKEN}` }],
  ["an empty Basic", { Authorization: "Basic " }],
  ["Basic that is no base64", { Authorization: "Basic %%%%" }],
  ["Basic without a colon", { Authorization: `Basic ${btoa(TOKEN)}` }],
  ["Basic with nothing in it", { Authorization: `Basic ${btoa(":")}` }],
  ["a well-known default", { Authorization: `Basic ${btoa("admin:admin")}` }],
  ["the word undefined", bearer("undefined")],
  ["the word null", bearer("null")],
  ["an SQL tautology", bearer("' OR 1=1 --")],
  ["a key of the right form that there is not", bearer(`weir_admin_${"A".repeat(43)}`)],
  ["a key with a NUL", bearer(`weir_admin_${"A".repeat(42)}%00`)],
  ["60,000 characters of key", bearer("x".repeat(60_000))],
  ["an empty vendor header", { "DD-API-KEY": "" }],
])("API2 ASVS 6.2.8 6.3.2: %s opens nothing", async (_name, headers) => {
  const answer = await nobody("/api/services", { headers: { ...headers, "CF-Connecting-IP": newAddress() } });
  expect(answer.status).toBe(401);
});

it("API2 ASVS 6.3.8: answers an unknown, a revoked and an expired key alike", async () => {
  const revoked = await makeKey("read");
  await json(ask(`/api/keys/${revoked.id}`, { method: "DELETE" }));
  const expired = await makeKey("read", { expires: Date.now() + 60_000 });
  await bindings.CONTROL.prepare("UPDATE api_keys SET expires_ms = 1 WHERE id = ?").bind(expired.id).run();
  const answers = await Promise.all(
    [`weir_read_${"B".repeat(43)}`, revoked.key, expired.key].map(async (key) => {
      const answer = await ask("/api/services", { headers: { ...bearer(key), "CF-Connecting-IP": newAddress() } });
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      return [answer.status, error.code, error.message];
    }),
  );
  expect(answers).toEqual(Array(3).fill([401, "unauthorized", "the key is not valid"]));
});

describe("API2 ASVS 6.3.1: sign-in by guessing", () => {
  const guess = (token: string, ip: string): Promise<Response> =>
    postJson("/api/session", { token }, { "X-No-Key": "1", "CF-Connecting-IP": ip });

  it("ends after 20 wrong tokens of an address, right ones included", async () => {
    const ip = newAddress();
    await windowWithTime(60_000);
    for (let at = 0; at < 20; at++) expect((await guess(`guess-${at}`, ip)).status).toBe(401);
    const past = await guess("guess-20", ip);
    expect(past.status).toBe(429);
    expect(Number(past.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await guess(TOKEN, ip)).status).toBe(429);
    expect((await guess(TOKEN, newAddress())).status).toBe(200);
  });

  it("is not helped by other addresses of one IPv6 network", async () => {
    await windowWithTime(60_000);
    const statuses: number[] = [];
    for (let at = 0; at <= 20; at++) statuses.push((await guess(`six-${at}`, `2001:db8:9:9::${at + 1}`)).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it("ASVS 15.3.4: is not helped by X-Forwarded-For", async () => {
    const ip = newAddress();
    await windowWithTime(60_000);
    let last = 0;
    for (let at = 0; at <= 20; at++) {
      const headers = { "X-No-Key": "1", "CF-Connecting-IP": ip, "X-Forwarded-For": `198.18.0.${at}` };
      last = (await postJson("/api/session", { token: `xff-${at}` }, headers)).status;
    }
    expect(last).toBe(429);
  });
});

it("ASVS 16.5.1: a key never stands in an answer, whatever way it came and however it is refused", async () => {
  const { key } = await makeKey("ingest", { services: ["only"] });
  const answers = [
    ask("/api/services", { headers: bearer(key) }),
    nobody(`/api/nope?key=${key}`),
    nobody(`/api/logs?key=${key}&limit=x`),
    post("/ingest/other", "x", bearer(key)),
    nobody(`/ingest/other?key=${key}`, { method: "POST", body: "x" }),
    nobody(`/beacon/other?key=${key}`, { method: "POST", body: "{}" }),
    post("/elastic/_bulk", "{}", bearer(key)),
  ];
  for (const answer of await Promise.all(answers)) {
    expect(await answer.text()).not.toContain(key);
    expect(JSON.stringify([...answer.headers])).not.toContain(key);
  }
});

it("ASVS 6.5.2 11.4.1: the database holds digests of keys, nothing that opens", async () => {
  const { key, prefix } = await makeKey("admin");
  for (const table of ["api_keys", "audit", "settings"]) {
    const { results } = await bindings.CONTROL.prepare(`SELECT * FROM ${table}`).all();
    const text = JSON.stringify(results);
    expect(text).not.toContain(key.slice(prefix.length));
    expect(text).not.toContain(TOKEN);
  }
  const { hash } = (await bindings.CONTROL.prepare("SELECT hash FROM api_keys LIMIT 1").first<{ hash: string }>())!;
  expect((await ask("/api/services", { headers: { ...bearer(hash), "CF-Connecting-IP": newAddress() } })).status).toBe(
    401,
  );
});

it("ASVS 7.2.3 11.5.1: keys and sessions are 256 random bits, never the same twice", async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => makeKey("ingest")));
  expect(new Set(made.map(({ key }) => key)).size).toBe(20);
  for (const { key } of made) expect(key.slice("weir_ingest_".length).length * 6).toBeGreaterThanOrEqual(256);
  const cookies = await Promise.all(
    [1, 2].map(
      async () => (await postJson("/api/session", { token: TOKEN }, { "X-No-Key": "1" })).headers.get("Set-Cookie")!,
    ),
  );
  const names = cookies.map((cookie) => /=([\w-]+)\./.exec(cookie)![1]!);
  expect(names[0]).not.toBe(names[1]);
  for (const name of names) expect(name.length * 6).toBeGreaterThanOrEqual(256);
});
