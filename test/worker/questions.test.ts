import { beforeAll, describe, expect, it } from "vitest";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Stats {
  step: number;
  buckets: {
    time: string;
    count: number;
    levels: Record<string, number>;
    statuses: Record<string, number>;
    bytes: number;
    uniqueIps: number;
    durationMs?: { p50: number };
  }[];
  answeredFrom: string;
}
interface Logs {
  records: { seq: number; time: string; path: string }[];
  cursor?: string;
  scanned: number;
  sources: Record<string, number>;
}

const at = (minute: number, second: number): string =>
  `22/Nov/2026:10:${String(minute).padStart(2, "0")}:${String(second).padStart(2, "0")} +0000`;
const RANGE = "from=2026-11-22T10:00:00Z&to=2026-11-22T10:10:00Z";

// Ten minutes, six lines each: three paths, a 404 in the second half of each minute.
const LINES = Array.from({ length: 60 }, (_, n) =>
  accessLine({
    time: at(Math.floor(n / 6), (n % 6) * 10),
    path: `/p${n % 3}`,
    status: n % 6 >= 3 ? 404 : 200,
    ip: `198.51.100.${n % 5}`,
    bytes: 100,
    tail: ` ${n + 1}`,
  }),
);

beforeAll(async () => {
  await json(post("/ingest/asked", LINES.slice(0, 30).join("\n")));
  await settled();
  // The second half is asked for while it is in the stream's memory only.
  await json(post("/ingest/asked", LINES.slice(30).join("\n")));
});

describe("GET /api/stats", () => {
  it("counts each step, from memory and database together", async () => {
    const stats = await json<Stats>(ask(`/api/stats?service=asked&${RANGE}&step=1m`));
    expect(stats).toMatchObject({ step: 60_000, answeredFrom: "summaries" });
    expect(stats.buckets).toHaveLength(10);
    for (const bucket of stats.buckets) {
      expect(bucket).toMatchObject({
        count: 6,
        levels: { info: 3, warn: 3 },
        statuses: { "2xx": 3, "4xx": 3 },
        bytes: 600,
        uniqueIps: 5,
      });
    }
  });

  it("fills empty steps, and answers the same after everything is stored", async () => {
    const path = "/api/stats?service=asked&from=2026-11-22T09:58:00Z&to=2026-11-22T10:02:00Z&step=1m";
    const before = await json<Stats>(ask(path));
    expect(before.buckets.map(({ count }) => count)).toEqual([0, 0, 6, 6]);
    await settled();
    expect((await json<Stats>(ask(path))).buckets).toEqual(before.buckets);
  });

  it("reads the records where a filter asks for what summaries do not know", async () => {
    const stats = await json<Stats>(ask(`/api/stats?service=asked&${RANGE}&step=5m&q=status:404 path:/p0`));
    expect(stats.answeredFrom).toBe("records");
    expect(stats.buckets.map(({ count }) => count)).toEqual([5, 5]);
  });

  it("gives percentiles within one percent", async () => {
    const stats = await json<Stats>(ask(`/api/stats?service=asked&${RANGE}&step=10m`));
    expect(stats.buckets[0]?.durationMs?.p50).toBeGreaterThan(29);
    expect(stats.buckets[0]?.durationMs?.p50).toBeLessThan(32);
  });

  it.each([
    ["a backwards range", "from=now&to=-1h", "invalid_request"],
    ["a time that is none", "from=yesterday", "invalid_request"],
    ["a step under a second", "step=10ms", "invalid_request"],
    ["too many steps", "from=2020-01-01&to=2026-01-01&step=1s", "invalid_request"],
    ["a filter that breaks off", "q=status:%3E%3D", "invalid_filter"],
    ["a service name that is none", "service=A%20B", "invalid_service"],
  ])("refuses %s", async (_name, query, code) => {
    const answer = await ask(`/api/stats?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });
});

describe("GET /api/top/:dimension", () => {
  it.each([
    [
      "path",
      [
        ["/p0", 20],
        ["/p1", 20],
        ["/p2", 20],
      ],
    ],
    [
      "status",
      [
        ["200", 30],
        ["404", 30],
      ],
    ],
    ["method", [["GET", 60]]],
    [
      "level",
      [
        ["info", 30],
        ["warn", 30],
      ],
    ],
    ["browser", [["Chrome", 60]]],
  ])("%s", async (dimension, values) => {
    const top = await json<{ values: { value: string; count: number }[]; other: number; errorBound: number }>(
      ask(`/api/top/${dimension}?service=asked&from=0`),
    );
    expect(top.values.map(({ value, count }) => [value, count])).toEqual(values);
    expect(top).toMatchObject({ other: 0, errorBound: 0 });
  });

  it("tells what is not listed", async () => {
    expect(await json(ask("/api/top/path?service=asked&from=0&limit=1"))).toMatchObject({
      values: [{ value: "/p0", count: 20 }],
      other: 40,
    });
  });

  it("refuses a dimension that there is not", async () => {
    expect((await ask("/api/top/shoe-size")).status).toBe(400);
  });
});

describe.each(["/api/analytics", "/analytics"])("GET %s", (mount) => {
  it.each([
    [
      "requests_per_endpoint",
      {
        values: [
          { value: "/p0", count: 20 },
          { value: "/p1", count: 20 },
          { value: "/p2", count: 20 },
        ],
      },
    ],
    ["top_ips", { values: Array.from({ length: 5 }, (_, n) => ({ value: `198.51.100.${n}`, count: 12 })) }],
    ["error_rate", { requests: 60, clientErrors: 30, serverErrors: 0, errorRate: 0.5, statuses: { 200: 30, 404: 30 } }],
    ["response_time", { count: 60, durationMs: { max: 60 } }],
    ["countries", { values: [] }],
  ])("/%s", async (name, answer) => {
    expect(await json(ask(`${mount}/${name}?service=asked&${RANGE}`))).toMatchObject(answer);
  });

  it("needs a key", async () => {
    expect((await ask(`${mount}/top_ips`, { headers: { "X-No-Key": "1" } })).status).toBe(401);
  });
});

describe("GET /api/logs", () => {
  it("pages through everything once, newest first and oldest first, under new records", async () => {
    for (const order of ["newest", "oldest"]) {
      const seen: number[] = [];
      let cursor: string | undefined = "";
      while (cursor !== undefined) {
        const page: Logs = await json<Logs>(
          ask(`/api/logs?service=asked&from=2026-11-22&to=2026-11-23&limit=7&order=${order}&cursor=${cursor}`),
        );
        seen.push(...page.records.map(({ seq }) => seq));
        cursor = page.cursor;
        if (seen.length === 7) await json(post("/ingest/asked", accessLine({ time: "23/Nov/2026:10:00:00 +0000" })));
      }
      const expected = Array.from({ length: 60 }, (_, n) => (order === "newest" ? 60 - n : n + 1));
      expect(seen).toEqual(expected);
    }
  });

  it("filters", async () => {
    const { records } = await json<Logs>(ask(`/api/logs?service=asked&${RANGE}&q=path:/p1 status:404&limit=100`));
    expect(records).toHaveLength(10);
  });

  it("answers all services in one order", async () => {
    await json(post("/ingest/asked-too", accessLine({ time: at(0, 1) })));
    const { records } = await json<{ records: { service: string }[] }>(
      ask("/api/logs?from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:11Z&order=oldest"),
    );
    expect(records.map(({ service }) => service)).toEqual(["asked", "asked-too", "asked"]);
  });

  it("refuses a cursor that it did not give", async () => {
    expect((await ask("/api/logs?cursor=abc")).status).toBe(400);
  });
});

it("GET /api/pipeline/verify proves from the ledger that nothing is missing", async () => {
  await settled();
  const proof = await json(ask("/api/pipeline/verify?service=asked"));
  expect(proof).toMatchObject({
    complete: true,
    acknowledged: 62,
    stored: 62,
    records: 62,
    lastSeq: 62,
    gaps: [],
    overlaps: [],
  });
});

it("GET /api/services tells totals", async () => {
  await settled();
  const { services } = await json<{ services: { name: string; records: number; acknowledged: number }[] }>(
    ask("/api/services"),
  );
  const asked = services.find(({ name }) => name === "asked");
  expect(asked).toMatchObject({ records: 62, acknowledged: 62 });
});

describe("a range", () => {
  it("ends now unless told, and from=0 means everything, the future too", async () => {
    await json(
      post(
        "/ingest/times",
        [accessLine({ time: "01/Aug/1995:00:00:01 -0400" }), accessLine({ time: "27/Dec/2037:12:00:00 +0100" })].join(
          "\n",
        ),
      ),
    );
    const counted = async (query: string): Promise<number> =>
      (await json<Stats>(ask(`/api/stats?service=times&${query}`))).buckets.reduce((sum, { count }) => sum + count, 0);
    expect(await counted("from=0")).toBe(2);
    expect(await counted("from=1990-01-01&step=365d")).toBe(1);
    expect(await counted("from=0&to=now&step=30d")).toBe(1);
    expect(await counted("from=2037-01-01&to=2038-01-01&step=1d")).toBe(1);
  });
});

describe("top values that summaries know only within a bound", () => {
  it("are counted again, once each, while half of them is in memory", async () => {
    const lines = Array.from({ length: 900 }, (_, n) =>
      accessLine({ time: at(30, 0), path: `/many/${n % 450}`, ip: `10.0.${n % 200}.${n % 7}` }),
    );
    await json(post("/ingest/many", lines.slice(0, 500).join("\n")));
    await settled();
    await json(post("/ingest/many", lines.slice(500).join("\n")));
    const asked = () => json(ask("/api/top/path?service=many&from=0&limit=3"));
    const before = await asked();
    expect(before).toMatchObject({
      values: [
        { value: "/many/0", count: 2 },
        { value: "/many/1", count: 2 },
        { value: "/many/10", count: 2 },
      ],
      other: 894,
      errorBound: 0,
      answeredFrom: "records",
    });
    await settled();
    expect(await asked()).toMatchObject({ values: (before as { values?: object }).values, other: 894, errorBound: 0 });
    const filtered = await json(ask("/api/top/path?service=many&from=0&limit=1&q=ip:10.0.7.0"));
    expect(filtered).toMatchObject({ values: [{ value: "/many/7", count: 1 }], errorBound: 0 });
  });
});
