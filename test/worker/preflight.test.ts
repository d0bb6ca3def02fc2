import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Preflight {
  records: number;
  tiers: { memory: { records: number }; database: { rows: number; costDollars: number }; archive: { objects: number } };
  rowsToRead: number;
  bytesToRead: number;
  costDollars: number;
  budget: { requestDollars: number; dayDollars: number; spentDollars: number };
  isAllowed: boolean;
}
interface Refused {
  error: { code: string; message: string };
}

const JSON_TYPE = { "Content-Type": "application/json" };
const setBudget = (budget: object) =>
  json<Preflight["budget"]>(ask("/api/budget", { method: "PUT", body: JSON.stringify(budget), headers: JSON_TYPE }));
const RANGE = "from=2026-11-22T10:00:00Z&to=2026-11-22T10:10:00Z";

beforeAll(async () => {
  const lines = Array.from({ length: 60 }, (_, n) =>
    accessLine({ time: `22/Nov/2026:10:0${n % 10}:00 +0000`, path: `/p${n % 3}` }),
  );
  await json(post("/ingest/asked-first", lines.join("\n")));
  await settled();
  await json(post("/ingest/asked-first", accessLine({ time: "22/Nov/2026:10:00:30 +0000" })));
});

afterEach(() => setBudget({}));

const preflight = (query: string): Promise<Preflight> =>
  json<Preflight>(ask(`/api/logs/preflight?service=asked-first&${query}`));

describe("GET /api/logs/preflight", () => {
  it("tells what a filter has to look at, of stored rows and of memory, and what that costs", async () => {
    const told = await preflight(`${RANGE}&q=status:500`);
    // One record came last, and may be stored by now.
    expect(told.tiers.memory.records).toBeLessThanOrEqual(1);
    expect(told).toMatchObject({
      records: 61,
      tiers: { database: { rows: 61, costDollars: 6.1e-8 }, archive: { objects: 0, bytes: 0 } },
      rowsToRead: 61 + told.tiers.memory.records,
      bytesToRead: 0,
      costDollars: 6.1e-8,
      isAllowed: true,
    });
  });

  it("reads no more rows than are asked for where nothing has to be looked for", async () => {
    expect((await preflight(`${RANGE}&limit=5`)).tiers.database.rows).toBe(6);
    expect((await preflight(RANGE)).tiers.database.rows).toBe(61);
  });

  it("tells of the minutes that are asked for alone, and of nothing where there is nothing", async () => {
    expect((await preflight("from=2026-11-22T10:03:00Z&to=2026-11-22T10:05:00Z&q=x")).records).toBe(12);
    expect(await preflight("from=2020-01-01&to=2020-01-02&q=x")).toMatchObject({ records: 0, costDollars: 0 });
  });
});

describe("a budget", () => {
  it("refuses one request that would cost more, with the figures", async () => {
    await setBudget({ requestDollars: 5e-8 });
    expect(await preflight(`${RANGE}&q=status:500`)).toMatchObject({ isAllowed: false });
    for (const path of [
      `/api/logs?${RANGE}&q=status:500`,
      `/api/stats?${RANGE}&q=status:500`,
      `/api/top/path?${RANGE}&q=status:500`,
      `/api/stats?${RANGE}&groupBy=path,status`,
      `/api/export?${RANGE}`,
      `/api/analytics/top_ips?${RANGE}&q=status:500`,
      `/api/stats?${RANGE}&step=90s`,
    ]) {
      const answer = await ask(path);
      expect(answer.status, path).toBe(400);
      const { error } = (await answer.json()) as Refused;
      expect(error.code).toBe("query_too_expensive");
      expect(error.message).toMatch(
        /^up to 6[12] records would have to be read for \$6.1e-8, at most \$5e-8 a request/,
      );
    }
    const sql = await post("/api/sql", JSON.stringify({ sql: "SELECT count(*) FROM logs" }), JSON_TYPE);
    expect(((await sql.json()) as Refused).error.code).toBe("query_too_expensive");
    // What statistics answer, or a page of records, costs next to nothing.
    for (const path of [`/api/logs?${RANGE}`, `/api/stats?${RANGE}`, `/api/top/path?${RANGE}`])
      expect((await ask(path)).status, path).toBe(200);
  });

  it("refuses everything that reads once the day's is spent, until tomorrow", async () => {
    await json(ask(`/api/logs?${RANGE}`));
    const { spentDollars } = await json<Preflight["budget"]>(ask("/api/budget"));
    expect(spentDollars).toBeGreaterThan(0);
    await setBudget({ dayDollars: spentDollars });
    const answer = await ask(`/api/logs?${RANGE}`);
    expect(answer.status).toBe(429);
    expect(((await answer.json()) as Refused).error.code).toBe("budget_spent");
    expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    await setBudget({ dayDollars: 5 });
    expect((await ask(`/api/logs?${RANGE}`)).status).toBe(200);
  });

  it("is a number of dollars", async () => {
    for (const body of [{ dayDollars: -1 }, { requestDollars: "1" }, { other: 1 }]) {
      const answer = await ask("/api/budget", { method: "PUT", body: JSON.stringify(body), headers: JSON_TYPE });
      expect(answer.status).toBe(400);
    }
  });
});
