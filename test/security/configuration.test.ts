import { describe, expect, it } from "vitest";
import { ask, json, post } from "../worker/ask.ts";
import { INSIDES, nobody } from "./attack.ts";

describe("API8 ASVS 13.4.7: what is not meant to be served is not", () => {
  it.each([
    "/.git/config",
    "/.env",
    "/.dev.vars",
    "/wrangler.toml",
    "/package.json",
    "/worker/index.ts",
    "/index.js.map",
    "/static/index.js.map",
    "/static/",
    "/static/../../.dev.vars",
    "/static/..%2f..%2f.dev.vars",
    "/static/%2e%2e/%2e%2e/.dev.vars",
    "/static/....//....//.dev.vars",
    "/static/%00",
    "/geo/iptoasn-country.mmdb",
    "/api/debug",
    "/api/v1/services",
    "/debug/pprof",
    "/server-status",
    "/actuator/env",
    "/cdn-cgi/mf/explorer",
    "/__scheduled",
    "/admin",
    "/phpmyadmin/",
    "/..;/api/keys",
  ])("ASVS 5.3.2 13.4.1: %s", async (path) => {
    const answer = await nobody(path);
    expect([400, 401, 404]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/ADMIN_TOKEN|compatibility_date|"dependencies"|\[core\]/);
  });

  it.each(["/", "/api/services", "/healthz", "/nope"])(
    "ASVS 13.4.6: %s names no program and no version",
    async (path) => {
      const { headers } = await ask(path);
      for (const name of ["Server", "X-Powered-By", "Via", "X-AspNet-Version"]) expect(headers.get(name)).toBeNull();
    },
  );

  it("ASVS 13.4.5: health tells nobody more than yes or no", async () => {
    expect(await json(nobody("/healthz"))).toEqual({ ok: true });
  });
});

describe("ASVS 4.1.4: a method that a route does not know", () => {
  it.each(["DELETE", "PATCH", "PUT", "OPTIONS", "PROPFIND"])(
    "%s changes nothing and breaks nothing",
    async (method) => {
      for (const path of [
        "/api/logs",
        "/api/services",
        "/api/keys",
        "/healthz",
        "/",
        "/ingest/web",
        "/docs",
        "/metrics",
      ]) {
        const answer = await ask(path, { method });
        expect(answer.status, path).toBeLessThan(500);
        if (!path.startsWith("/ingest") && method !== "OPTIONS") expect([404, 405, 415]).toContain(answer.status);
      }
    },
  );
});

describe("ASVS 4.1.3: a header that only a proxy may set", () => {
  it.each<Record<string, string>>([
    { "X-Forwarded-Host": "evil.test" },
    { "X-Forwarded-Proto": "https" },
    { "X-Original-URL": "/api/keys" },
    { "X-Rewrite-URL": "/api/keys" },
    { "Cf-Access-Authenticated-User-Email": "root@example.com" },
    { "X-Authenticated-User": "admin" },
    { "X-Real-IP": "127.0.0.1" },
    { "Cf-Access-Jwt-Assertion": "a.b.c" },
    { Forwarded: "for=127.0.0.1;host=evil.test" },
  ])("opens nothing: %j", async (headers) => {
    expect((await nobody("/api/services", { headers })).status).toBe(401);
  });

  it("does not get into the configurations that are shown", async () => {
    const answer = await ask("/api/connect?sender=curl&service=web", { headers: { "X-Forwarded-Host": "evil.test" } });
    expect(await answer.text()).not.toContain("evil.test");
  });
});

describe("ASVS 16.5.1 API8: an error tells what was wrong, and nothing of the inside", () => {
  it.each([
    ["GET", "/api/logs?cursor=%00%ff"],
    ["GET", "/api/logs?cursor=W10="],
    ["GET", "/api/stats?from=NaN&to=1e999&step=-1"],
    ["GET", "/api/logs?from=99999999999999999999"],
    ["GET", "/api/top/__proto__"],
    ["GET", "/api/services/%ff%00"],
    ["GET", "/api/services/%"],
    ["GET", "/api/connect?sender=__proto__"],
    ["GET", "/api/connect?sender=curl&service=../x"],
    ["GET", "/api/live?service=../../x"],
    ["GET", "/api/audit?cursor=9007199254740993"],
    ["GET", "/api/logs?q=attrs."],
    ["GET", `/api/logs?q=${"(".repeat(7_000)}`],
    ["PUT", "/api/services/web"],
    ["POST", "/api/sql"],
    ["POST", "/api/keys"],
    ["POST", "/api/session"],
  ])("%s %s", async (method, path) => {
    for (const body of method === "GET"
      ? [undefined]
      : ["", "{", "[]", "null", '"x"', "[".repeat(200_000), '{"a":'.repeat(50_000), "\u0000"]) {
      const answer = await ask(path, {
        method,
        headers: { "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body }),
      });
      expect(answer.status, body?.slice(0, 20)).toBeLessThan(500);
      const text = await answer.text();
      expect(text).not.toMatch(INSIDES);
      if (answer.status >= 400 && answer.status !== 426)
        expect(JSON.parse(text)).toMatchObject({ error: { code: expect.stringMatching(/^[a-z_]+$/) } });
    }
  });

  it("ASVS 16.2.1: names the request, so that it can be found", async () => {
    const answer = await ask("/api/nope", { headers: { "X-Request-Id": "mine-1" } });
    expect(await answer.json()).toMatchObject({ error: { requestId: "mine-1" } });
  });

  it.each(["a b", "a\u007f", "x".repeat(300), "<script>"])(
    "ASVS 16.4.1: takes no request id that is more than a name: %.20s",
    async (id) => {
      const answer = await ask("/api/nope", { headers: { "X-Request-Id": id } });
      expect(answer.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe("API7 ASVS 1.3.6: nothing that is sent makes the Worker ask elsewhere", () => {
  it("a URL in a record stays text", async () => {
    const { accepted } = await json<{ accepted: number }>(
      post(
        "/ingest/ssrf",
        '{"url":"http://169.254.169.254/latest/meta-data","referrer":"http://127.0.0.1:22/","callback":"file:///etc/passwd"}',
      ),
    );
    expect(accepted).toBe(1);
  });
});

it.each([
  "/ingest/Web",
  "/ingest/",
  "/ingest/..",
  "/ingest/a/b",
  "/ingest/%00",
  `/ingest/${"a".repeat(64)}`,
  "/ingest/-a",
  "/ingest/a%20b",
  "/ingest/é",
])("ASVS 2.2.1: %.40s names no service", async (path) => {
  const answer = await post(path, "x");
  expect([400, 404]).toContain(answer.status);
});

it("ASVS 4.1.1: every JSON answer says that it is", async () => {
  for (const path of ["/api/services", "/api/logs", "/api/nope", "/healthz", "/api/keys"])
    expect((await ask(path)).headers.get("Content-Type")).toMatch(/^application\/json/);
});
