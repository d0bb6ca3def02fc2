import { describe, expect, it } from "vitest";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Figures {
  count: number;
  [figure: string]: unknown;
}
interface Stats {
  buckets: (Figures & { time: string })[];
  total: Figures;
  answeredFrom: string;
}

const lines = (from: number) =>
  Array.from({ length: 30 }, (_, at) =>
    accessLine({
      path: at % 3 === 0 ? "/cart" : "/about",
      status: [200, 404, 503][at % 3]!,
      bytes: at,
      time: `22/Nov/2026:10:${10 + (at % 5)}:0${from} +0000`,
      tail: ` ${at}`,
    }),
  ).join("\n");

const picked = (figures: Figures, names: readonly string[]) =>
  Object.fromEntries(Object.entries(figures).filter(([name]) => ["time", "count", ...names].includes(name)));

describe.each([
  ["hot rows", {}],
  ["the archive", { hotDays: 0 }],
])("GET /api/stats?only= over %s", (name, settings) => {
  const service = `counts-${name.replaceAll(" ", "-")}`;
  const stats = (rest: string) =>
    json<Stats>(ask(`/api/stats?service=${service}&from=2026-11-22T10:00:00Z&to=2026-11-22T11:00:00Z&${rest}`));

  it("counts what a filter finds as the records themselves do, stored or not yet", async () => {
    await json(
      ask(`/api/services/${service}`, {
        method: "PUT",
        body: JSON.stringify(settings),
        headers: { "Content-Type": "application/json" },
      }),
    );
    await json(post(`/ingest/${service}`, lines(1)));
    await settled();
    await json(post(`/ingest/${service}`, lines(2)));
    for (const isSettled of [false, true]) {
      if (isSettled) await settled();
      for (const step of ["7s", "1m", "1h", "1d"]) {
        for (const names of [[], ["levels"], ["statuses"], ["levels", "statuses", "bytes"], ["uniqueIps", "bytes"]]) {
          const [all, some] = await Promise.all([
            stats(`step=${step}&q=cart`),
            stats(`step=${step}&q=cart&only=${["count", ...names]}`),
          ]);
          expect(all.total.count).toBe(20);
          expect(some.answeredFrom).toBe("records");
          expect(some.total).toEqual(picked(all.total, names));
          expect(some.buckets).toEqual(all.buckets.map((bucket) => picked(bucket, names)));
        }
      }
    }
  });

  it("tells less of summaries, too", async () => {
    const all = await stats("step=1m");
    const some = await stats("step=1m&only=count,levels&compare=-1h");
    expect(some.answeredFrom).toBe("summaries");
    expect(some.buckets).toEqual(all.buckets.map((bucket) => picked(bucket, ["levels"])));
    expect(Object.keys((some as unknown as { compare: Stats }).compare.total)).toEqual(["count", "levels"]);
  });
});

it("GET /api/stats refuses a figure that there is not", async () => {
  const response = await ask("/api/stats?only=count,colour");
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "invalid_request", issues: [{ path: "only.1" }] } });
});
