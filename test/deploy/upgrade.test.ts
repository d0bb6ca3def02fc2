import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";

/**
 * A backup of what the version before shards, keys and the archive left behind when it was killed: 200 access lines of `web` and 3 errors
 * of `shop` in the database, settings of `shop`, and 2 lines of `late` in the journal that had not been sent.
 */
const STATE = join(import.meta.dirname, "../fixtures/state-2026-11-22.tar.gz");
const RANGE = "from=2026-11-22T09:00:00Z&to=2026-11-22T12:00:00Z";

describe("the state of an earlier version under this one", () => {
  const stateDir = mkdtempSync(join(tmpdir(), "weir-upgrade-"));
  let server: Server;

  beforeAll(async () => {
    mkdirSync(stateDir, { recursive: true });
    execFileSync("tar", ["-xzf", STATE, "-C", stateDir]);
    rmSync(join(stateDir, "manifest.json"));
    server = await startServer({ stateDir });
    for (let attempt = 0; attempt < 100; attempt++) {
      if ((await ask<{ unconfirmed: number }>("/api/pipeline")).unconfirmed === 0) break;
      await sleep(200);
    }
  }, 180_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  async function ask<Body>(path: string, init: RequestInit = {}): Promise<Body> {
    const headers = { Authorization: `Bearer ${server.token}`, "Content-Type": "application/x-ndjson" };
    const answer = await fetch(`${server.url}${path}`, { ...init, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Body;
  }

  it.each([
    ["web", 200],
    ["shop", 3],
    ["late", 2],
  ])("has every record of %s, what was in the journal too", async (service, count) => {
    const proof = await ask(`/api/pipeline/verify?service=${service}`);
    expect(proof).toMatchObject({ complete: true, acknowledged: count, stored: count, records: count });
  });

  it("finds them by their fields", async () => {
    const { records } = await ask<{ records: object[] }>(`/api/logs?service=web&${RANGE}&q=status:500&limit=100`);
    expect(records).toHaveLength(10);
    expect(records[0]).toMatchObject({ method: "GET", status: 500, browser: expect.stringContaining("Chrome") });
  });

  it("counts them from the summaries of then", async () => {
    const { buckets, answeredFrom } = await ask<{ buckets: { count: number }[]; answeredFrom: string }>(
      `/api/stats?service=web&${RANGE}&step=1h`,
    );
    expect(answeredFrom).toBe("summaries");
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(200);
    const { values } = await ask<{ values: { value: string; count: number }[] }>(`/api/top/path?service=web&${RANGE}`);
    expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  });

  it("keeps the settings, with defaults for what is new", async () => {
    const { settings } = await ask<{ settings: object }>("/api/services/shop");
    expect(settings).toMatchObject({ zone: "Europe/Berlin", drop: [{ path: "/healthz" }], hotDays: 7 });
  });

  it("goes on numbering where it stood", async () => {
    const line = '{"level":"info","msg":"after the upgrade"}';
    const { seq } = await ask<{ seq: object }>("/ingest/web", { method: "POST", body: line });
    expect(seq).toMatchObject({ first: 201, last: 201 });
    const { records } = await ask<{ records: object[] }>("/api/logs?service=web&from=-5m&q=upgrade");
    expect(records).toHaveLength(1);
  });

  it("is well in every part, once each stream has told how it is now", { timeout: 120_000 }, async () => {
    const wrong = async (): Promise<object[]> => {
      const answer = await fetch(`${server.url}/api/health`, { headers: { Authorization: `Bearer ${server.token}` } });
      const { checks } = (await answer.json()) as { checks: { ok: boolean }[] };
      return checks.filter(({ ok }) => !ok);
    };
    await vi.waitFor(async () => expect(await wrong()).toEqual([]), { timeout: 100_000, interval: 1_000 });
  });
});
