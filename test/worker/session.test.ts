import { describe, expect, it } from "vitest";
import { ask, json, TOKEN } from "./ask.ts";

const signIn = (token: string): Promise<Response> =>
  ask("/api/session", {
    method: "POST",
    body: JSON.stringify({ token }),
    headers: { "Content-Type": "application/json", "X-No-Key": "1" },
  });

const cookieOf = (response: Response): string => response.headers.get("Set-Cookie")!.split(";")[0]!;

describe("POST /api/session", () => {
  it("signs a browser in with a cookie that scripts cannot read", async () => {
    const response = await signIn(TOKEN);
    expect(response.status).toBe(200);
    expect(response.headers.get("Set-Cookie")).toMatch(/HttpOnly.*SameSite=Strict/);
    await json(ask("/api/services", { headers: { Cookie: cookieOf(response), "X-No-Key": "1" } }));
  });

  it("refuses a wrong token", async () => {
    const response = await signIn("wrong");
    expect(response.status).toBe(401);
    expect(response.headers.get("Set-Cookie")).toBeNull();
  });

  it("refuses a cookie that was changed", async () => {
    const cookie = cookieOf(await signIn(TOKEN)).replace(/=\d/, "=9");
    expect((await ask("/api/services", { headers: { Cookie: cookie, "X-No-Key": "1" } })).status).toBe(401);
  });

  it("does not let another site change anything or open a socket with the cookie", async () => {
    const Cookie = cookieOf(await signIn(TOKEN));
    const headers = { Cookie, "X-No-Key": "1", Origin: "https://evil.test" };
    const write = await ask("/api/services/web", {
      method: "PUT",
      body: "{}",
      headers: { ...headers, "Content-Type": "application/json" },
    });
    expect(write.status).toBe(403);
    expect((await ask("/api/live", { headers: { ...headers, Upgrade: "websocket" } })).status).toBe(403);
    const own = await ask("/api/services/web", {
      method: "PUT",
      body: "{}",
      headers: { ...headers, Origin: "http://weir.test", "Content-Type": "application/json" },
    });
    expect(own.status).toBe(200);
  });

  it("does not let the cookie send lines", async () => {
    const Cookie = cookieOf(await signIn(TOKEN));
    expect((await ask("/ingest/web", { method: "POST", body: "x", headers: { Cookie, "X-No-Key": "1" } })).status).toBe(
      401,
    );
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

it("answers every error in one shape, with the security headers", async () => {
  const response = await ask("/api/nope");
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { code: "not_found", requestId: response.headers.get("X-Request-Id") },
  });
  expect(response.headers.get("Content-Security-Policy")).toContain("script-src 'self'");
  expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
});
