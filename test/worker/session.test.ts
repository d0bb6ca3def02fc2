import { describe, expect, it } from "vitest";
import { ask, json, TOKEN } from "./ask.ts";
import { makeKey } from "./auth/make-key.ts";

const SECURE = "https://weir.test";

const signIn = (token: string, headers: Record<string, string> = {}, origin = ""): Promise<Response> =>
  ask(`${origin}/api/session`, {
    method: "POST",
    body: JSON.stringify({ token }),
    headers: { "Content-Type": "application/json", "X-No-Key": "1", ...headers },
  });

const cookieOf = (response: Response): string => response.headers.get("Set-Cookie")!.split(";")[0]!;

/** A request of a page that is signed in, as browsers send it. */
const asPage = (Cookie: string, path: string, init: RequestInit = {}, more: Record<string, string> = {}) =>
  ask(path, {
    ...init,
    headers: {
      Cookie,
      "X-No-Key": "1",
      "Content-Type": "application/json",
      ...(init.method ? { Origin: "http://weir.test" } : {}),
      ...more,
    },
  });

const change = (Cookie: string, more: Record<string, string> = {}): Promise<Response> =>
  asPage(Cookie, "/api/services/web", { method: "PUT", body: "{}" }, more);

describe("POST /api/session", () => {
  it("signs a browser in with a cookie that scripts cannot read", async () => {
    const response = await signIn(TOKEN);
    expect(response.status).toBe(200);
    expect(response.headers.get("Set-Cookie")).toMatch(
      /^weir_session=.*Max-Age=604800.*Path=\/.*HttpOnly.*SameSite=Strict$/,
    );
    await json(asPage(cookieOf(response), "/api/services"));
    expect(await json(asPage(cookieOf(response), "/api/session"))).toEqual({
      kind: "session",
      scope: "admin",
      name: "admin session",
    });
  });

  it("binds the cookie to this host and to https, where it came by https", async () => {
    const response = await signIn(TOKEN, {}, SECURE);
    expect(response.headers.get("Set-Cookie")).toMatch(/^__Host-weir_session=[^;]*;.*Secure/);
    expect((await asPage(cookieOf(response), `${SECURE}/api/services`)).status).toBe(200);
  });

  it("refuses a wrong token", async () => {
    const response = await signIn("wrong");
    expect(response.status).toBe(401);
    expect(response.headers.get("Set-Cookie")).toBeNull();
  });

  it("signs in by a reading key, to read", async () => {
    const { key } = await makeKey("read");
    const answer = await signIn(key);
    expect(await answer.clone().json()).toMatchObject({ scope: "read" });
    const cookie = cookieOf(answer);
    await json(asPage(cookie, "/api/services"));
    expect((await change(cookie)).status).toBe(403);
    expect((await asPage(cookie, "/api/keys")).status).toBe(403);
  });

  it.each(["ingest", "beacon"])("does not sign in by a key of scope %s", async (scope) => {
    const { key } = await makeKey(scope, scope === "beacon" ? { origins: ["https://a.test"] } : {});
    expect((await signIn(key)).status).toBe(403);
  });

  it.each([
    ["Origin", { Origin: "https://evil.test" }],
    ["Sec-Fetch-Site", { "Sec-Fetch-Site": "cross-site" }],
  ])("does not let another site sign this browser in, by %s", async (_name, headers) => {
    expect((await signIn(TOKEN, headers)).status).toBe(403);
  });
});

describe("a session", () => {
  it.each([
    ["its end is moved", (cookie: string) => cookie.replace(/\.(\d{13})\./, (_, end) => `.${Number(end) + 60_000}.`)],
    ["its signature is cut", (cookie: string) => cookie.slice(0, -4)],
    ["its signature is missing", (cookie: string) => cookie.slice(0, cookie.lastIndexOf("."))],
    ["a key is put into it", (cookie: string) => cookie.replace(/\.\.?(?=[A-Za-z0-9%])/, ".k.")],
  ])("does not hold where %s", async (_name, changed) => {
    const cookie = cookieOf(await signIn(TOKEN));
    expect(changed(cookie)).not.toBe(cookie);
    expect((await asPage(changed(cookie), "/api/services")).status).toBe(401);
  });

  it("ends with the key that it was opened with", async () => {
    const { key, id } = await makeKey("read");
    const cookie = cookieOf(await signIn(key));
    await json(asPage(cookie, "/api/services"));
    await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
    expect((await asPage(cookie, "/api/services")).status).toBe(401);
  });

  it("is over after signing out, for who kept a copy of the cookie too", async () => {
    const [cookie, other] = [cookieOf(await signIn(TOKEN)), cookieOf(await signIn(TOKEN))];
    const answer = await asPage(cookie, "/api/session", { method: "DELETE" });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("Set-Cookie")).toMatch(/^weir_session=;.*Max-Age=0/);
    expect((await asPage(cookie, "/api/services")).status).toBe(401);
    expect((await asPage(other, "/api/services")).status).toBe(200);
  });

  it("is over everywhere once an admin says so", async () => {
    const { key } = await makeKey("read");
    const reader = cookieOf(await signIn(key));
    const [admin, other] = [cookieOf(await signIn(TOKEN)), cookieOf(await signIn(TOKEN))];
    const everywhere = "/api/session?everywhere=1";
    expect((await asPage(reader, everywhere, { method: "DELETE" })).status).toBe(403);
    expect((await asPage("", everywhere, { method: "DELETE" })).status).toBe(401);
    expect((await asPage(admin, everywhere, { method: "DELETE" })).status).toBe(204);
    for (const cookie of [reader, admin, other]) expect((await asPage(cookie, "/api/services")).status).toBe(401);
    await scheduler.wait(2);
    expect((await asPage(cookieOf(await signIn(TOKEN)), "/api/services")).status).toBe(200);
  });

  it("cannot send lines", async () => {
    const Cookie = cookieOf(await signIn(TOKEN));
    expect((await asPage(Cookie, "/ingest/web", { method: "POST", body: "x" })).status).toBe(401);
  });
});

describe("a page of another site", () => {
  it.each([
    ["Origin of another host", { Origin: "https://evil.test" }],
    ["Origin of another port", { Origin: "http://weir.test:8080" }],
    ["Origin of another scheme", { Origin: "https://weir.test" }],
    ["an opaque Origin", { Origin: "null" }],
    ["Sec-Fetch-Site cross-site", { "Sec-Fetch-Site": "cross-site" }],
    ["Sec-Fetch-Site same-site", { "Sec-Fetch-Site": "same-site" }],
    ["Sec-Fetch-Site none", { "Sec-Fetch-Site": "none" }],
  ])("changes nothing and opens no socket with the cookie: %s", async (_name, headers) => {
    const cookie = cookieOf(await signIn(TOKEN));
    expect((await change(cookie, headers)).status).toBe(403);
    expect((await asPage(cookie, "/api/live", {}, { ...headers, Upgrade: "websocket" })).status).toBe(403);
    expect((await asPage(cookie, "/api/session", { method: "DELETE" }, headers)).status).toBe(403);
  });

  it("is told from our own behind a proxy that speaks https for us", async () => {
    const proxied = { "X-Forwarded-Proto": "https" };
    const signed = await signIn(TOKEN, { ...proxied, Origin: SECURE });
    expect(signed.headers.get("Set-Cookie")).toMatch(/^__Host-weir_session=.*Secure/);
    const cookie = cookieOf(signed);
    expect((await change(cookie, { ...proxied, Origin: SECURE })).status).toBe(200);
    expect((await change(cookie, { ...proxied, Origin: "http://weir.test" })).status).toBe(403);
    expect((await change(cookie, { ...proxied, Origin: "https://evil.test" })).status).toBe(403);
  });

  it("is refused where nothing says where a change comes from", async () => {
    const cookie = cookieOf(await signIn(TOKEN));
    const answer = await ask("/api/services/web", {
      method: "PUT",
      body: "{}",
      headers: { Cookie: cookie, "X-No-Key": "1", "Content-Type": "application/json" },
    });
    expect(answer.status).toBe(403);
    expect((await asPage(cookie, "/api/live", {}, { Upgrade: "websocket" })).status).toBe(403);
  });

  it("does not stand in the way of our own", async () => {
    const cookie = cookieOf(await signIn(TOKEN));
    expect((await change(cookie)).status).toBe(200);
    expect((await change(cookie, { "Sec-Fetch-Site": "same-origin" })).status).toBe(200);
    const live = await asPage(cookie, "/api/live", {}, { Upgrade: "websocket", Origin: "http://weir.test" });
    expect(live.status).toBe(101);
    live.webSocket!.accept();
    live.webSocket!.close();
    expect((await asPage(cookie, "/api/services", {}, { "Sec-Fetch-Site": "none" })).status).toBe(200);
  });
});

it.each([
  ["Bearer", { Authorization: `Bearer ${TOKEN}` }, ""],
  ["Basic, key as password", { Authorization: `Basic ${btoa(`any:${TOKEN}`)}` }, ""],
  ["Basic, key as user name", { Authorization: `Basic ${btoa(`${TOKEN}:`)}` }, ""],
  ["Splunk", { Authorization: `Splunk ${TOKEN}` }, ""],
  ["ApiKey", { Authorization: `ApiKey ${TOKEN}` }, ""],
  ["DD-API-KEY", { "DD-API-KEY": TOKEN, "X-No-Key": "1" }, ""],
  ["?key=", { "X-No-Key": "1" }, `?key=${TOKEN}`],
])("takes the key as %s", async (_name, headers, query) => {
  await json(ask(`/api/services${query}`, { headers }));
});

it("answers every error in one shape", async () => {
  const response = await ask("/api/nope");
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: "not_found", requestId: response.headers.get("X-Request-Id") },
  });
});
