import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../../worker/app.ts";
import type { Env } from "../../worker/env.ts";
import { ask, bindings, json, TOKEN } from "../worker/ask.ts";
import { bearer, makeKey, postJson } from "../worker/auth/make-key.ts";
import { INSIDES, newAddress } from "./attack.ts";

const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext;

/** A database that is away. */
const away = {
  prepare() {
    throw new Error("D1_ERROR: the database is away: /secret/path.sqlite");
  },
  batch() {
    throw new Error("D1_ERROR: the database is away");
  },
} as unknown as D1Database;

const askWith = async (env: Partial<Env>, path: string, init: RequestInit = {}): Promise<Response> =>
  app.fetch(new Request(`http://weir.test${path}`, init), { ...bindings, ...env }, context);

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const name of ["log", "warn", "error", "info", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...args) => void lines.push(args.join(" ")));
});
afterEach(() => vi.restoreAllMocks());

describe("ASVS 16.2.5: Weir's own logs", () => {
  it("hold no key, however it came and whatever went wrong", async () => {
    const { key } = await makeKey("ingest", { services: ["own"] });
    const wrong = `weir_read_${"W".repeat(43)}`;
    const env = { LOG_REQUESTS: "1" };
    for (const secret of [key, wrong, TOKEN]) {
      for (const init of [
        { headers: { ...bearer(secret), "CF-Connecting-IP": newAddress() } },
        { method: "POST", body: "x", headers: { "DD-API-KEY": secret, "CF-Connecting-IP": newAddress() } },
      ] as RequestInit[]) {
        for (const path of [
          "/api/services",
          "/ingest/own",
          "/ingest/other",
          "/nope",
          "/loki/api/v1/push",
          "/beacon/own",
        ]) {
          await (await askWith(env, path, init)).arrayBuffer();
          await (
            await askWith(env, `${path}?key=${secret}`, { headers: { "CF-Connecting-IP": newAddress() } })
          ).arrayBuffer();
        }
      }
      await askWith({ ...env, DB: away }, `/api/services?key=${secret}`);
      await askWith({ ...env, CONTROL: away }, `/api/services?key=${secret}`);
    }
    expect(lines.length).toBeGreaterThan(20);
    const text = lines.join("\n");
    for (const secret of [key, wrong, TOKEN]) expect(text).not.toContain(secret);
  });

  it("ASVS 16.4.1: are one JSON object a line, whatever a client wrote", async () => {
    await askWith({ LOG_REQUESTS: "1" }, "/nope%0a%0dinjected%1b[31m", { headers: { "X-Request-Id": "a b" } });
    for (const line of lines) {
      expect(line).not.toMatch(/[\n\r\u001b]/);
      expect(() => JSON.parse(line)).not.toThrow();
    }
  });
});

describe("ASVS 16.5.2 16.5.3: with its databases away it refuses, and tells nothing", () => {
  it.each([
    [
      "a key that is not known here",
      { CONTROL: away },
      "/api/services",
      { headers: bearer(`weir_read_${"Z".repeat(43)}`) },
      503,
    ],
    [
      "a key of a sender",
      { CONTROL: away },
      "/ingest/web",
      { method: "POST", body: "x", headers: bearer(`weir_ingest_${"Z".repeat(43)}`) },
      503,
    ],
    ["no key", { CONTROL: away }, "/api/services", {}, 401],
    [
      "a cookie that nobody signed",
      { CONTROL: away },
      "/api/services",
      { headers: { Cookie: "weir_session=a.1.9999999999999..x" } },
      401,
    ],
  ] as const)("%s", async (_name, env, path, init, status) => {
    const answer = await askWith(env, path, init as RequestInit);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(INSIDES);
  });

  it("a session that is signed, but not known here", async () => {
    const signed = await postJson("/api/session", { token: TOKEN }, { "X-No-Key": "1" });
    const Cookie = signed.headers.get("Set-Cookie")!.split(";")[0]!;
    const answer = await askWith({ CONTROL: away }, "/api/services", { headers: { Cookie } });
    expect(answer.status).toBe(503);
  });

  it("a change that cannot be written down", async () => {
    const headers = { ...bearer(TOKEN), "Content-Type": "application/json" };
    const answer = await askWith({ CONTROL: away }, "/api/sql", {
      method: "POST",
      body: '{"sql":"SELECT 1"}',
      headers,
    });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await answer.text()).not.toMatch(INSIDES);
  });

  it("and without ADMIN_TOKEN nobody gets in", async () => {
    for (const headers of [{}, bearer(""), bearer("undefined"), bearer(TOKEN)]) {
      const answer = await askWith({ ADMIN_TOKEN: undefined }, "/api/services", { headers });
      expect(answer.status).toBe(503);
    }
  });
});

it("ASVS 16.3.1: signing in is in the audit, and a wrong try is not a way to fill it", async () => {
  const entries = async (): Promise<number> =>
    (await json<{ entries: object[] }>(ask("/api/audit?limit=1000"))).entries.length;
  const before = await entries();
  for (let at = 0; at < 5; at++)
    await postJson("/api/session", { token: `no-${at}` }, { "X-No-Key": "1", "CF-Connecting-IP": newAddress() });
  expect(await entries()).toBe(before);
  await postJson("/api/session", { token: TOKEN }, { "X-No-Key": "1" });
  expect(await entries()).toBe(before + 1);
});
