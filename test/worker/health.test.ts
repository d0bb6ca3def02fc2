import { describe, expect, it } from "vitest";
import type { StreamReport } from "../../durable-objects/overview.ts";
import type { Env } from "../../worker/env.ts";
import { checkHealth, lagOf, MAX_LAG_MS } from "../../worker/health/check-health.ts";
import { isMigrated } from "../../worker/health/is-migrated.ts";
import { ask, bindings, json } from "./ask.ts";

const PARTS = ["database", "control", "archive", "overview", "meters", "delivery", "dead_letters"];

describe("GET /healthz", () => {
  it("is public, and says no more than whether all is well", async () => {
    const answer = await ask("/healthz", { headers: { "X-No-Key": "1" } });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ok: true });
  });
});

describe("isMigrated", () => {
  const withApplied = (applied: number) =>
    ({ prepare: () => ({ first: async () => applied }) }) as unknown as D1Database;

  it("says yes to the databases of this version, and of the next", async () => {
    expect(await isMigrated(bindings)).toBe(true);
    expect(await isMigrated({ DB: withApplied(1_000), CONTROL: withApplied(1_000) })).toBe(true);
  });

  it("says no where one lacks a migration", async () => {
    expect(await isMigrated({ DB: withApplied(1), CONTROL: bindings.CONTROL })).toBe(false);
    expect(await isMigrated({ DB: bindings.DB, CONTROL: withApplied(1) })).toBe(false);
  });
});

describe("GET /api/health", () => {
  it("asks every part", async () => {
    const { ok, checks } = await json<{ ok: boolean; checks: { name: string; ok: boolean }[] }>(ask("/api/health"));
    expect(ok).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual(PARTS);
  });

  it("needs a key", async () => {
    expect((await ask("/api/health", { headers: { "X-No-Key": "1" } })).status).toBe(401);
  });
});

describe("checkHealth", () => {
  it("names the part that fails, and goes on with the others", async () => {
    const DB = bindings.DB;
    const prepare = () => DB.prepare("no SQL");
    const broken = Object.create(bindings, { DB: { value: { prepare } } }) as Env;
    const failed = (await checkHealth(broken, Date.now())).filter(({ ok }) => !ok);
    expect(failed).toEqual([expect.objectContaining({ name: "database", detail: expect.stringContaining("syntax") })]);
  });
});

describe("lagOf", () => {
  const waiting = (oldestUnconfirmedMs: number, unconfirmed = 1) =>
    [{ service: "web", shard: 0, unconfirmed, oldestUnconfirmedMs }] as unknown as StreamReport[];

  it("says nothing at the limit, and names the stream one past it", () => {
    expect(lagOf(waiting(1_000), 1_000 + MAX_LAG_MS)).toBeUndefined();
    expect(lagOf(waiting(1_000), 1_001 + MAX_LAG_MS)).toContain("web/0");
  });

  it("says nothing of a stream whose records are all stored", () => {
    expect(lagOf(waiting(0, 0), 10 * MAX_LAG_MS)).toBeUndefined();
  });
});
