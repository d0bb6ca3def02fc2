import { beforeAll, describe, expect, it } from "vitest";
import { MAX_END_ROWS } from "../../worker/query/measure.ts";
import { ask, json, post, settled } from "./ask.ts";

interface Stats {
  buckets: { time: string; count: number }[];
  total: { count: number; uniqueIps: number };
  answeredFrom: string;
  compare?: { total: { count: number } };
}

const START_MS = Date.UTC(2026, 10, 21, 10);
// Four minutes with a record each half second, and one at the very end of each minute.
const TIMES = Array.from({ length: 4 }, (_, minute) => [
  ...Array.from({ length: 120 }, (_each, at) => START_MS + minute * 60_000 + at * 500),
  START_MS + minute * 60_000 + 59_999,
]).flat();
const lines = (times: readonly number[]): string =>
  times
    .map((ms, at) =>
      JSON.stringify({ time: new Date(ms).toISOString(), ip: `198.51.100.${at % 7}`, path: `/p${at % 3}` }),
    )
    .join("\n");
const within = (fromMs: number, toMs: number): number => TIMES.filter((ms) => ms >= fromMs && ms < toMs).length;
const iso = (ms: number): string => new Date(ms).toISOString();

beforeAll(async () => {
  await json(post("/ingest/ends", lines(TIMES.slice(0, 200))));
  await settled();
  await json(post("/ingest/ends", lines(TIMES.slice(200))));
});

const stats = (fromMs: number, toMs: number, rest = ""): Promise<Stats> =>
  json<Stats>(ask(`/api/stats?service=ends&from=${iso(fromMs)}&to=${toMs}&${rest}`));

describe("a range that begins or ends within a minute", () => {
  it.each([
    [0, 1],
    [500, 501],
    [499, 500],
    [59_999, 60_000],
    [1, 240_000],
    [30_250, 90_750],
    [59_999, 180_001],
    [-1, 239_999],
    [0, 240_000],
  ])("counts the records from %d ms to %d ms, stored or not yet", async (from, to) => {
    const [fromMs, toMs] = [START_MS + from, START_MS + to];
    for (const step of ["1m", "2m", "1h", "1d"]) {
      const { total, buckets, answeredFrom } = await stats(fromMs, toMs, `step=${step}`);
      expect(answeredFrom).toBe("summaries");
      expect(total.count).toBe(within(fromMs, toMs));
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(total.count);
    }
    const { values, other } = await json<{ values: { count: number }[]; other: number }>(
      ask(`/api/top/path?service=ends&from=${fromMs}&to=${toMs}`),
    );
    expect(values.reduce((sum, { count }) => sum + count, other)).toBe(within(fromMs, toMs));
    const { groups } = await json<{ groups: { count: number }[] }>(
      ask(`/api/stats?service=ends&from=${fromMs}&to=${toMs}&step=1m&groupBy=path`),
    );
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(within(fromMs, toMs));
  });

  it("compares with a range that is cut in the same places", async () => {
    const fromMs = START_MS + 120_250;
    const { total, compare } = await stats(fromMs, fromMs + 60_000, "step=1m&compare=-2m");
    expect([total.count, compare?.total.count]).toEqual([
      within(fromMs, fromMs + 60_000),
      within(fromMs - 120_000, fromMs - 60_000),
    ]);
  });
});

describe("a step that is no multiple of a minute", () => {
  it.each([1, 7, 30, 90, 150])("has the records of %d seconds in each bucket", async (seconds) => {
    const { buckets } = await stats(START_MS, START_MS + 240_000, `step=${seconds}s`);
    for (const { time, count } of buckets) {
      const fromMs = Math.max(Date.parse(time), START_MS);
      expect(count, time).toBe(within(fromMs, Math.min(Date.parse(time) + seconds * 1_000, START_MS + 240_000)));
    }
  });
});

describe.each([
  [MAX_END_ROWS - 1, undefined],
  [MAX_END_ROWS, true],
])("%d records in the part of a minute", (records, rounded) => {
  it(`are counted ${rounded ? "with the rest of it, and the answer says so" : "by themselves"}`, async () => {
    const service = `ends-${records}`;
    const all = [...Array.from({ length: records }, () => START_MS + 30_000), START_MS];
    await json(post(`/ingest/${service}`, lines(all)));
    await settled();
    const asked = `service=${service}&from=${START_MS + 1}&to=${START_MS + 60_000}`;
    const figures = await json<Stats & { rounded?: true }>(ask(`/api/stats?${asked}`));
    expect(figures).toMatchObject({ total: { count: rounded ? records + 1 : records }, answeredFrom: "summaries" });
    expect(figures.rounded).toBe(rounded);
    expect((await json<{ rounded?: true }>(ask(`/api/top/path?${asked}`))).rounded).toBe(rounded);
    expect((await json<{ rounded?: true }>(ask(`/api/stats?${asked}&groupBy=ip`))).rounded).toBe(rounded);
  });
});
