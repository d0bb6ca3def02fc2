import { beforeAll, describe, expect, it } from "vitest";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Grouped {
  groupBy: string[];
  step: number;
  times: string[];
  groups: { key: Record<string, string | null>; count: number; counts: number[]; errors?: number; bytes?: number }[];
  other: number;
  errorBound: number;
  answeredFrom: string;
}

const RANGE = "from=2026-11-22T10:00:00Z&to=2026-11-22T10:04:00Z&step=1m";

// Four minutes of twelve requests, three paths, every fourth fails; the day before half as many.
const lines = (day: number, perMinute: number) =>
  Array.from({ length: 4 * perMinute }, (_, n) =>
    accessLine({
      time: `${day}/Nov/2026:10:0${Math.floor(n / perMinute)}:00 +0000`,
      path: `/p${n % 3}`,
      status: n % 4 === 0 ? 500 : 200,
      bytes: 10,
    }),
  );

beforeAll(async () => {
  await json(post("/ingest/grouped", [...lines(21, 6), ...lines(22, 12)].join("\n")));
  await json(
    post(
      "/ingest/grouped-app",
      [1, 2, 3]
        .map((n) =>
          JSON.stringify({ ts: `2026-11-22T10:0${n}:00Z`, msg: "x", plan: n === 3 ? "pro" : "free", "cart.id": n }),
        )
        .join("\n"),
    ),
  );
  await settled();
});

const groups = (query: string): Promise<Grouped> => json<Grouped>(ask(`/api/stats?${RANGE}&${query}`));

describe("GET /api/stats?groupBy=", () => {
  it.each([
    [
      "status",
      [
        ["200", 36, [9, 9, 9, 9]],
        ["500", 12, [3, 3, 3, 3]],
      ],
    ],
    [
      "path",
      [
        ["/p0", 16, [4, 4, 4, 4]],
        ["/p1", 16, [4, 4, 4, 4]],
        ["/p2", 16, [4, 4, 4, 4]],
      ],
    ],
    [
      "level",
      [
        ["info", 36, [9, 9, 9, 9]],
        ["error", 12, [3, 3, 3, 3]],
      ],
    ],
    [
      "path_template",
      [
        ["/p0", 16, [4, 4, 4, 4]],
        ["/p1", 16, [4, 4, 4, 4]],
        ["/p2", 16, [4, 4, 4, 4]],
      ],
    ],
  ])("%s is answered from summaries, with the counts of each step", async (name, expected) => {
    const told = await groups(`service=grouped&groupBy=${name}`);
    expect(told).toMatchObject({ groupBy: [name], step: 60_000, other: 0, errorBound: 0, answeredFrom: "summaries" });
    expect(told.times).toHaveLength(4);
    expect(told.groups.map(({ key, count, counts }) => [key[name], count, counts])).toEqual(expected);
  });

  it("two names are counted record by record, and said to be", async () => {
    const told = await groups("service=grouped&groupBy=path,status&limit=4");
    expect(told.answeredFrom).toBe("records");
    expect(told.groups.map(({ key, count, errors, bytes }) => [key.path, key.status, count, errors, bytes])).toEqual([
      ["/p0", "200", 12, 0, 120],
      ["/p1", "200", 12, 0, 120],
      ["/p2", "200", 12, 0, 120],
      ["/p0", "500", 4, 4, 40],
    ]);
    expect(told.groups[0]?.counts).toEqual([3, 3, 3, 3]);
    expect(told.other).toBe(8);
  });

  it("one name with a filter is counted too", async () => {
    const told = await groups("service=grouped&groupBy=path&q=status:500");
    expect(told.answeredFrom).toBe("records");
    expect(told.groups.map(({ key, count }) => [key.path, count])).toEqual([
      ["/p0", 4],
      ["/p1", 4],
      ["/p2", 4],
    ]);
  });

  it("one name with all figures is counted too: errors, bytes and response times", async () => {
    const told = await groups("service=grouped&groupBy=path&figures=all&limit=1");
    expect(told).toMatchObject({ answeredFrom: "records", counted: 48, other: 32 });
    expect(told.groups).toMatchObject([{ key: { path: "/p0" }, count: 16, errors: 4, bytes: 160 }]);
    expect(told).not.toHaveProperty("partial");
  });

  it("a sample counts the newest records, and says that there are more", async () => {
    const sampled = (records: number) => groups(`service=grouped&groupBy=path&figures=all&records=${records}`);
    // The newest minute has twelve.
    const told = await sampled(12);
    expect(told).toMatchObject({ counted: 12, partial: true });
    expect(told.groups.map(({ key, count, counts }) => [key.path, count, counts])).toEqual([
      ["/p0", 4, [0, 0, 0, 4]],
      ["/p1", 4, [0, 0, 0, 4]],
      ["/p2", 4, [0, 0, 0, 4]],
    ]);
    expect(await sampled(48)).toMatchObject({ counted: 48 });
  });

  it.each([0, 200_001])("refuses a sample of %d records", async (records) => {
    expect((await ask(`/api/stats?${RANGE}&groupBy=path&records=${records}`)).status).toBe(400);
  });

  it("service tells each one's share", async () => {
    const told = await groups("groupBy=service");
    expect(told.answeredFrom).toBe("summaries");
    expect(told.groups.map(({ key, counts }) => [key.service, counts])).toEqual([
      ["grouped", [12, 12, 12, 12]],
      ["grouped-app", [0, 1, 1, 1]],
    ]);
  });

  it("attributes are names as well, and a record without one is told as null", async () => {
    const told = await groups("groupBy=plan&q=parser:json OR path:/p0");
    expect(told.groups.map(({ key, count }) => [key.plan, count])).toEqual([
      [null, 16],
      ["free", 2],
      ["pro", 1],
    ]);
    const nested = await groups("service=grouped-app&groupBy=attrs.cart.id,plan");
    expect(nested.groups.map(({ key }) => [key["attrs.cart.id"], key.plan])).toEqual([
      ["1", "free"],
      ["2", "free"],
      ["3", "pro"],
    ]);
  });

  it.each(["path,path", "a,b,c", "time", "a b", ",", "attrs."])("refuses %s", async (groupBy) => {
    const answer = await ask(`/api/stats?${RANGE}&groupBy=${encodeURIComponent(groupBy)}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request", issues: [{ path: "groupBy" }] } });
  });
});

describe("GET /api/stats?compare=", () => {
  it("tells the same range earlier, step by step, and what has changed", async () => {
    const told = await json(ask(`/api/stats?service=grouped&${RANGE}&compare=-1d`));
    expect(told).toMatchObject({
      total: { count: 48, statuses: { "2xx": 36, "5xx": 12 }, bytes: 480, uniqueIps: 1 },
      compare: {
        from: "2026-11-21T10:00:00.000Z",
        to: "2026-11-21T10:04:00.000Z",
        buckets: ["0", "1", "2", "3"].map((minute) => ({ time: `2026-11-21T10:0${minute}:00.000Z`, count: 6 })),
        total: { count: 24, bytes: 240 },
        change: { count: 1, serverErrors: 1, errors: 1, bytes: 1, uniqueIps: 0, p95: null },
        answeredFrom: "summaries",
      },
    });
  });

  it("has nothing to compare with where there was nothing", async () => {
    expect(await json(ask(`/api/stats?service=grouped&${RANGE}&compare=-1w`))).toMatchObject({
      compare: { total: { count: 0 }, change: { count: null } },
    });
  });

  it.each(["1d", "-1", "-1y", "-90s", "-0d"])("refuses %s", async (compare) => {
    expect((await ask(`/api/stats?${RANGE}&compare=${compare}`)).status).toBe(400);
  });
});

it("GET /api/stats?rate=1 tells how fast records came, and how that changed", async () => {
  const { buckets } = await json<{ buckets: { count: number; perSecond: number; change: number | null }[] }>(
    ask("/api/stats?service=grouped&from=2026-11-22T09:59:00Z&to=2026-11-22T10:05:00Z&step=1m&rate=1"),
  );
  expect(buckets.map(({ count, perSecond, change }) => [count, perSecond, change])).toEqual([
    [0, 0, null],
    [12, 0.2, null],
    [12, 0.2, 0],
    [12, 0.2, 0],
    [12, 0.2, 0],
    [0, 0, -1],
  ]);
});

describe("GET /api/top?dimensions=", () => {
  it("tells several lists under the names they were asked by, each as /api/top/:dimension does", async () => {
    const range = "service=grouped&from=2026-11-22T10:00:00Z&to=2026-11-22T10:04:00Z";
    const { tops } = await json<{ tops: Record<string, object> }>(
      ask(`/api/top?${range}&dimensions=path,status,path_template`),
    );
    expect(Object.keys(tops)).toEqual(["path", "status", "path_template"]);
    for (const [name, list] of Object.entries(tops)) {
      const { scanned: _scanned, ...single } = await json<{ scanned: number }>(ask(`/api/top/${name}?${range}`));
      expect(list).toMatchObject(single);
    }
  });

  it("refuses a dimension that there is not, and none at all", async () => {
    expect((await ask("/api/top?dimensions=path,shoe")).status).toBe(400);
    expect((await ask("/api/top")).status).toBe(400);
  });
});
