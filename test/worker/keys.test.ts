import { describe, expect, it } from "vitest";
import { ask, bindings, json, post, TOKEN } from "./ask.ts";
import { bearer, makeKey, postJson, windowWithTime } from "./auth/make-key.ts";

interface ListedKey {
  id: string;
  revoked: string | null;
  lastUsed: string | null;
  replacedBy: string | null;
}

const listed = async (id: string): Promise<ListedKey> => {
  const { keys } = await json<{ keys: ListedKey[] }>(ask("/api/keys"));
  return keys.find((key) => key.id === id)!;
};
const send = (service: string, headers: Record<string, string>): Promise<Response> =>
  post(`/ingest/${service}`, "a line", headers);

describe("POST /api/keys", () => {
  it("shows a key once, and stores only its digest", async () => {
    const made = await makeKey("ingest", { services: ["web-*"] });
    expect(made.key).toMatch(/^weir_ingest_[A-Za-z0-9_-]{43}$/);
    expect(made.key.startsWith(made.prefix)).toBe(true);
    const text = await (await ask("/api/keys")).text();
    expect(text).toContain(made.id);
    expect(text).not.toContain(made.key);
    const row = await bindings.CONTROL.prepare("SELECT * FROM api_keys WHERE id = ?").bind(made.id).first();
    expect(JSON.stringify(row)).not.toContain(made.key.slice(made.prefix.length));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(made.key)));
    expect(row!.hash).toBe([...digest].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  });

  it.each([
    ["no name", { scope: "read" }, "name"],
    ["a name with a control character", { name: "a\nb", scope: "read" }, "name"],
    ["a scope that is none", { name: "x", scope: "root" }, "scope"],
    ["a beacon key without origins", { name: "x", scope: "beacon" }, "origins"],
    ["origins of another scope", { name: "x", scope: "ingest", origins: ["https://a.test"] }, "origins"],
    ["an origin with a path", { name: "x", scope: "beacon", origins: ["https://a.test/x"] }, "origins.0"],
    ["an origin that is every one", { name: "x", scope: "beacon", origins: ["*"] }, "origins.0"],
    ["a service that is no name", { name: "x", scope: "ingest", services: ["Web"] }, "services.0"],
    ["a star in the middle", { name: "x", scope: "ingest", services: ["w*b"] }, "services.0"],
    ["services of a reading key", { name: "x", scope: "read", services: ["web"] }, "services"],
    ["a quota of a reading key", { name: "x", scope: "read", dailyRecords: 1 }, "dailyRecords"],
    ["an end that has passed", { name: "x", scope: "read", expires: "2020-01-01T00:00:00Z" }, "expires"],
    ["a field that is none", { name: "x", scope: "read", role: "admin" }, "role"],
  ])("refuses %s", async (_name, body, path) => {
    const answer = await postJson("/api/keys", body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request", issues: [{ path }] } });
  });
});

describe("a key", () => {
  it("of scope ingest sends to its services alone, and asks nothing", async () => {
    const { key } = await makeKey("ingest", { services: ["own", "web-*"] });
    expect((await send("own", bearer(key))).status).toBe(200);
    expect((await send("web-7", bearer(key))).status).toBe(200);
    expect((await send("other", bearer(key))).status).toBe(403);
    expect((await ask("/api/services", { headers: bearer(key) })).status).toBe(403);
    expect((await ask("/ingest/other", { headers: { ...bearer(key), Upgrade: "websocket" } })).status).toBe(403);
  });

  it("is refused as a whole where one of a request's services is not its own", async () => {
    const { key } = await makeKey("ingest", { services: ["mixed-a"] });
    const streams = ["mixed-a", "mixed-b"].map((name) => ({
      stream: { service_name: name },
      values: [["1795341600123456789", "x"]],
    }));
    const answer = await postJson("/loki/api/v1/push", { streams }, bearer(key));
    expect(answer.status).toBe(403);
    const { records } = await json<{ records: object[] }>(ask("/api/logs?service=mixed-a&from=0"));
    expect(records).toEqual([]);
  });

  it("of scope read asks, and neither sends nor changes anything", async () => {
    const { key } = await makeKey("read");
    expect((await ask("/api/services", { headers: bearer(key) })).status).toBe(200);
    expect((await send("own", bearer(key))).status).toBe(403);
    for (const [method, path] of [
      ["PUT", "/api/services/web"],
      ["POST", "/api/keys"],
      ["GET", "/api/keys"],
      ["GET", "/api/audit"],
      ["POST", "/api/dead-letters/replay"],
    ] as const) {
      const answer = await ask(path, {
        method,
        headers: { ...bearer(key), "Content-Type": "application/json" },
        ...(method === "GET" ? {} : { body: "{}" }),
      });
      expect(answer.status, `${method} ${path}`).toBe(403);
    }
  });

  it("of scope admin does everything", async () => {
    const { key } = await makeKey("admin");
    expect((await ask("/api/keys", { headers: bearer(key) })).status).toBe(200);
    expect((await send("own", bearer(key))).status).toBe(200);
  });

  it("of scope beacon sends beacons from its origins alone", async () => {
    const { key } = await makeKey("beacon", { origins: ["https://shop.test"], services: ["shop"] });
    const beacon = (service: string, headers: Record<string, string>): Promise<Response> =>
      post(`/beacon/${service}?key=${key}`, '{"e":"view"}', { "X-No-Key": "1", ...headers });
    const own = await beacon("shop", { Origin: "https://shop.test" });
    expect(own.status).toBe(204);
    expect(own.headers.get("Access-Control-Allow-Origin")).toBe("https://shop.test");
    expect((await beacon("shop", { Origin: "https://evil.test" })).status).toBe(403);
    expect((await beacon("shop", {})).status).toBe(403);
    expect((await beacon("other", { Origin: "https://shop.test" })).status).toBe(403);
    expect((await send("shop", { ...bearer(key), Origin: "https://shop.test" })).status).toBe(403);
    expect((await ask("/api/services", { headers: { ...bearer(key), Origin: "https://shop.test" } })).status).toBe(403);
  });

  it("holds until it expires", async () => {
    const { key, id } = await makeKey("read", { expires: Date.now() + 3_600_000 });
    expect((await ask("/api/services", { headers: bearer(key) })).status).toBe(200);
    await bindings.CONTROL.prepare("UPDATE api_keys SET expires_ms = ? WHERE id = ?").bind(Date.now(), id).run();
    await makeKeysForgotten();
    expect((await ask("/api/services", { headers: bearer(key) })).status).toBe(401);
  });

  it("is refused once it is revoked", async () => {
    const { key, id } = await makeKey("ingest");
    expect((await send("revoking", bearer(key))).status).toBe(200);
    await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
    expect((await send("revoking", bearer(key))).status).toBe(401);
    expect((await listed(id)).revoked).toMatch(/^20/);
  });

  it("shows when it was used last, written once a minute", async () => {
    const { key, id } = await makeKey("read");
    for (let use = 0; use < 3; use++) await ask("/api/services", { headers: bearer(key) });
    await expect.poll(async () => (await listed(id)).lastUsed).toMatch(/^20/);
    const first = (await listed(id)).lastUsed;
    await ask("/api/services", { headers: bearer(key) });
    expect((await listed(id)).lastUsed).toBe(first);
  });
});

/** Revoking another key makes this isolate read all of them again, as time would. */
async function makeKeysForgotten(): Promise<void> {
  const { id } = await makeKey("read");
  await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
}

describe("POST /api/keys/:id/rotate", () => {
  it("gives a successor with the same bounds, and lets the old one hold for a while", async () => {
    const old = await makeKey("ingest", { services: ["rotating"] });
    const next = await json<{ key: string; id: string; replaces: string; oldExpires: string }>(
      postJson(`/api/keys/${old.id}/rotate`, { overlapSeconds: 60 }),
    );
    expect(next.replaces).toBe(old.id);
    expect(Date.parse(next.oldExpires) - Date.now()).toBeGreaterThan(50_000);
    for (const key of [old.key, next.key]) {
      expect((await send("rotating", bearer(key))).status).toBe(200);
      expect((await send("elsewhere", bearer(key))).status).toBe(403);
    }
    expect((await listed(old.id)).replacedBy).toBe(next.id);
    expect((await postJson(`/api/keys/${old.id}/rotate`, {})).status).toBe(400);
  });

  it("ends the old one at once without an overlap", async () => {
    const old = await makeKey("ingest");
    const next = await json<{ key: string }>(postJson(`/api/keys/${old.id}/rotate`, { overlapSeconds: 0 }));
    expect((await send("rotated", bearer(old.key))).status).toBe(401);
    expect((await send("rotated", bearer(next.key))).status).toBe(200);
  });

  it("knows only keys that there are", async () => {
    expect((await postJson("/api/keys/none/rotate", {})).status).toBe(404);
    expect((await ask("/api/keys/none", { method: "DELETE" })).status).toBe(404);
  });
});

it("refuses a key in each protocol's own words", async () => {
  const { key } = await makeKey("read");
  const refusals = await Promise.all(
    [
      ["/elastic/_bulk", '{"index":{}}\n{}\n'],
      ["/splunk/services/collector/event", '{"event":"x"}'],
      ["/loki/api/v1/push", '{"streams":[]}'],
      ["/otlp/v1/logs", "{}"],
      ["/datadog/api/v2/logs", "[]"],
    ].map(async ([path, body]) => {
      const answer = await post(path!, body!, { ...bearer(key), "Content-Type": "application/json" });
      return [answer.status, await answer.text()];
    }),
  );
  for (const [status, text] of refusals) {
    expect(status).toBe(403);
    expect(text).not.toContain(key);
  }
  expect(refusals[0]![1]).toContain('"type":"forbidden"');
  expect(refusals[1]![1]).toContain('"code":1');
});

it.each([
  ["Bearer", (key: string) => ({ Authorization: `Bearer ${key}` }), ""],
  ["Basic", (key: string) => ({ Authorization: `Basic ${btoa(`any:${key}`)}` }), ""],
  ["Splunk", (key: string) => ({ Authorization: `Splunk ${key}` }), ""],
  ["ApiKey", (key: string) => ({ Authorization: `ApiKey ${key}` }), ""],
  ["DD-API-KEY", (key: string) => ({ "DD-API-KEY": key, "X-No-Key": "1" }), ""],
  ["?key=", () => ({ "X-No-Key": "1" }), "?key="],
])("takes a made key as %s", async (_name, headers, query) => {
  const { key } = await makeKey("ingest");
  expect((await post(`/ingest/forms${query && query + key}`, "x", headers(key) as Record<string, string>)).status).toBe(
    200,
  );
});

describe("wrong keys", () => {
  const guess = (key: string, ip: string): Promise<Response> =>
    ask("/api/services", { headers: { ...bearer(key), "CF-Connecting-IP": ip } });

  it("are answered 20 times an address and minute, then not any more, right or wrong", async () => {
    const known = await makeKey("read");
    const fresh = await makeKey("read");
    const ip = "198.51.100.20";
    expect((await guess(known.key, ip)).status).toBe(200);
    await windowWithTime(60_000);
    const statuses = new Set<number>();
    for (let at = 0; at < 20; at++) statuses.add((await guess(`wrong-${at}`, ip)).status);
    expect([...statuses]).toEqual([401]);
    const past = await guess("wrong-20", ip);
    expect(past.status).toBe(429);
    expect(Number(past.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await guess(fresh.key, ip)).status).toBe(429);
    expect((await guess(TOKEN, ip)).status).toBe(429);
    expect((await guess(known.key, ip)).status).toBe(200);
    expect((await guess(fresh.key, "198.51.100.21")).status).toBe(200);
  });

  it("count once when the same one comes again: a sender with an old key is told so each time", async () => {
    for (let at = 0; at < 30; at++) expect((await guess("old-key", "198.51.100.22")).status).toBe(401);
  });
});
