import { describe, expect, it } from "vitest";
import { ask, json, post, TOKEN } from "../worker/ask.ts";
import { makeKey, postJson } from "../worker/auth/make-key.ts";
import { nobody } from "./attack.ts";

const signIn = async (origin = ""): Promise<Response> =>
  ask(`${origin}/api/session`, {
    method: "POST",
    body: JSON.stringify({ token: TOKEN }),
    headers: { "X-No-Key": "1", "Content-Type": "application/json" },
  });
const cookie = async (): Promise<string> => (await signIn()).headers.get("Set-Cookie")!.split(";")[0]!;

describe("the session's cookie", () => {
  it.each([
    ["ASVS 3.3.1: has the prefix __Host- and Secure over https", /^__Host-weir_session=.*; Secure/],
    ["ASVS 3.3.2: is sent to our own pages alone", /SameSite=Strict/],
    ["ASVS 3.3.3: is of this host alone", /^(?!.*Domain=).*Path=\//],
    ["ASVS 3.3.4: is hidden from scripts", /HttpOnly/],
    ["ASVS 7.3.2: ends after a week", /Max-Age=604800/],
  ])("%s", async (_name, pattern) => {
    expect((await signIn("https://weir.test")).headers.get("Set-Cookie")).toMatch(pattern);
  });

  it("ASVS 3.3.5: is shorter than 4,096 bytes", async () => {
    expect((await signIn()).headers.get("Set-Cookie")!.length).toBeLessThan(4_096);
  });

  it("ASVS 7.2.2: tells nothing of the token", async () => {
    expect(await cookie()).not.toContain(TOKEN);
  });
});

describe("ASVS 3.5.1 4.4.2: a request that another site starts", () => {
  it.each([
    ["PUT", "/api/services/web"],
    ["POST", "/api/keys"],
    ["DELETE", "/api/keys/x"],
    ["POST", "/api/sql"],
    ["POST", "/api/dead-letters/replay"],
    ["DELETE", "/api/session?everywhere=1"],
    ["GET", "/api/live"],
    ["GET", "/api/live?service=web"],
  ])("cannot %s %s with the cookie", async (method, path) => {
    const headers = {
      Cookie: await cookie(),
      "X-No-Key": "1",
      Origin: "https://evil.test",
      ...(method === "GET" ? { Upgrade: "websocket" } : { "Content-Type": "application/json" }),
    };
    const body = method === "POST" || method === "PUT" ? { body: "{}" } : {};
    expect((await ask(path, { method, headers, ...body })).status).toBe(403);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
    "ASVS 3.5.2: cannot pass for a simple one of type %s",
    async (type) => {
      const headers = { Cookie: await cookie(), "X-No-Key": "1", Origin: "http://weir.test", "Content-Type": type };
      const answer = await ask("/api/services/web", { method: "PUT", body: "{}", headers });
      expect(answer.status).toBe(415);
    },
  );
});

describe("ASVS 3.4.2: CORS", () => {
  it.each(["/api/services", "/api/keys", "/api/session", "/", "/healthz", "/metrics", "/ingest/web"])(
    "%s is not given to other origins",
    async (path) => {
      const answer = await ask(path, { headers: { Origin: "https://evil.test" } });
      expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
      expect(answer.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    },
  );

  it("lets pages send beacons, and never with credentials", async () => {
    const preflight = await nobody("/beacon/shop", { method: "OPTIONS", headers: { Origin: "https://shop.test" } });
    expect(preflight.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(preflight.headers.get("Access-Control-Allow-Methods")).toBe("POST");
  });

  it("refuses preflights of everything else", async () => {
    const answer = await nobody("/api/services", {
      method: "OPTIONS",
      headers: { Origin: "https://evil.test", "Access-Control-Request-Method": "PUT" },
    });
    expect(answer.headers.get("Access-Control-Allow-Methods")).toBeNull();
  });
});

describe("ASVS 3.2.1: an answer is not taken for a page", () => {
  it.each([
    "/api/logs",
    "/api/services/%3Cscript%3E",
    "/api/%3Cscript%3Ealert(1)%3C/script%3E",
    "/%3Csvg onload=alert(1)%3E",
  ])("%s", async (path) => {
    const answer = await ask(path);
    expect(answer.headers.get("Content-Type")).not.toMatch(/html|xml|svg/);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("ASVS 3.5.6 3.5.7: nor for a script", async () => {
    const answer = await ask("/api/services?callback=alert&jsonp=alert");
    expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
    expect(await answer.text()).not.toContain("alert");
  });

  it("ASVS 3.5.8: nor put into a page of another site", async () => {
    for (const path of ["/api/services", "/"]) {
      expect((await ask(path)).headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
      expect((await ask(path)).headers.get("X-Frame-Options")).toBe("DENY");
    }
  });
});

it.each([
  "//evil.test",
  "/\\evil.test",
  "/%2f%2fevil.test",
  "/https://evil.test",
  "/?next=https://evil.test",
  "/login?url=//evil.test",
])("ASVS 3.7.2: %s leads nowhere else", async (path) => {
  const answer = await ask(`http://weir.test${path}`, { redirect: "manual", headers: { Accept: "text/html" } });
  expect(answer.status).not.toBeGreaterThanOrEqual(500);
  expect(answer.headers.get("Location")).toBeNull();
});

describe("ASVS 3.5.3: what changes something is not asked by GET", () => {
  it.each([
    "/api/keys/x/rotate",
    "/api/dead-letters/replay",
    "/api/dead-letters/discard",
    "/api/sql?sql=SELECT+1",
    "/api/session?token=x",
  ])("GET %s", async (path) => {
    const answer = await ask(path);
    expect([401, 404, 405]).toContain(answer.status);
  });
});

describe("a session's end", () => {
  const asPage = async (Cookie: string, path: string, method = "GET"): Promise<Response> =>
    ask(path, { method, headers: { Cookie, "X-No-Key": "1", Origin: "http://weir.test" } });

  it("ASVS 7.4.1: ends every copy of the cookie", async () => {
    const copy = await cookie();
    await asPage(copy, "/api/session", "DELETE");
    expect((await asPage(copy, "/api/services")).status).toBe(401);
  });

  it("ASVS 7.4.2: comes with the end of its key", async () => {
    const { key, id } = await makeKey("read");
    const signed = await postJson("/api/session", { token: key }, { "X-No-Key": "1" });
    const own = signed.headers.get("Set-Cookie")!.split(";")[0]!;
    expect((await asPage(own, "/api/services")).status).toBe(200);
    await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
    expect((await asPage(own, "/api/services")).status).toBe(401);
  });

  it("ASVS 14.3.1: clears what the browser kept of the answers", async () => {
    const answer = await asPage(await cookie(), "/api/session", "DELETE");
    expect(answer.headers.get("Clear-Site-Data")).toBe('"cache"');
  });

  it("ASVS 7.2.4: a new sign-in is a new session", async () => {
    expect(await cookie()).not.toBe(await cookie());
  });
});

it.each([
  "",
  "weir_session=",
  "weir_session=x",
  "weir_session=x.y",
  `weir_session=${encodeURIComponent(`id.0.${Date.now() + 1e9}..AAAA`)}`,
  "weir_session=undefined",
  `weir_session=${"x".repeat(20_000)}`,
  "weir_session=%00%ff",
  "__Host-weir_session=x",
  "weir_session[]=1",
])("ASVS 7.2.1 9.1.1: the cookie %.60s opens nothing", async (Cookie) => {
  expect((await nobody("/api/services", { headers: { Cookie } })).status).toBe(401);
});

it("API8: a beacon's answer sets no cookie, and the page's neither", async () => {
  for (const answer of [await ask("/"), await post("/beacon/shop", "{}"), await ask("/healthz")])
    expect(answer.headers.get("Set-Cookie")).toBeNull();
});
