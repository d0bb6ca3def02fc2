import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StreamedLine, stretchesOf } from "../../worker/query/streamed-records.ts";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Found {
  records: { seq: number }[];
  cursor?: string;
}
const range = "service=streamed&from=2026-11-01&to=2026-11-22";

async function streamed(rest: string): Promise<{ lines: StreamedLine[]; seqs: number[]; end: Found | undefined }> {
  const response = await ask(`/api/logs?${range}&stream=1&${rest}`);
  expect(response.headers.get("Content-Type")).toBe("application/x-ndjson; charset=utf-8");
  const lines = (await response.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as StreamedLine);
  const seqs = lines.flatMap((line) => ("record" in line ? [line.record.seq] : []));
  return { lines, seqs, end: lines.flatMap((line) => ("end" in line ? [line.end as unknown as Found] : []))[0] };
}

describe("GET /api/logs?stream=1", () => {
  it("tells the same records in the same order, some before the search is over, and goes on by cursor", async () => {
    const lines = Array.from({ length: 100 }, (_, at) =>
      accessLine({
        path: at % 3 === 0 ? "/cart" : "/about",
        time: `${String(1 + (at % 20)).padStart(2, "0")}/Nov/2026:10:00:${String(at % 60).padStart(2, "0")} +0000`,
        tail: ` ${at}`,
      }),
    );
    await json(post("/ingest/streamed", lines.join("\n")));
    await settled();
    for (const order of ["newest", "oldest"]) {
      for (const q of ["", "cart", "nowhere"]) {
        const whole = await json<Found>(ask(`/api/logs?${range}&order=${order}&q=${q}&limit=1000`));
        const { lines: told, seqs, end } = await streamed(`order=${order}&q=${q}&limit=1000`);
        expect(seqs).toEqual(whole.records.map(({ seq }) => seq));
        expect(end).toBeDefined();
        expect(end!.cursor).toBeUndefined();
        expect("end" in told.at(-1)!).toBe(true);
        const firstProgress = told.findIndex((line) => "progress" in line);
        expect(firstProgress).toBeGreaterThanOrEqual(0);
        expect(firstProgress).toBeLessThan(told.length - 1);
        const pages: number[] = [];
        for (let cursor: string | undefined = ""; cursor !== undefined; ) {
          const page = await streamed(`order=${order}&q=${q}&limit=13&cursor=${cursor}`);
          pages.push(...page.seqs);
          expect(page.seqs.length).toBeLessThanOrEqual(13);
          cursor = page.end!.cursor;
        }
        expect(pages).toEqual(seqs);
      }
    }
  });

  it("refuses with a status what cannot be asked", async () => {
    expect((await ask("/api/logs?stream=1&q=status:>")).status).toBe(400);
  });
});

it("a range is cut into stretches that are all of it, none twice", () => {
  const anyRange = fc
    .tuple(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 1, max: 1e12 }))
    .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
  fc.assert(
    fc.property(anyRange, fc.option(anyRange, { nil: undefined }), (asked, stored) => {
      const oldest = stretchesOf(asked, stored, "oldest");
      expect(oldest[0]!.fromMs).toBe(asked.fromMs);
      expect(oldest.at(-1)!.toMs).toBe(asked.toMs);
      for (const [at, { fromMs, toMs }] of oldest.entries()) {
        expect(fromMs).toBeLessThan(toMs);
        if (at > 0) expect(fromMs).toBe(oldest[at - 1]!.toMs);
      }
      const newest = stretchesOf(asked, stored, "newest").toReversed();
      expect(newest.map(({ toMs }) => toMs).at(-1)).toBe(asked.toMs);
      expect(newest.slice(1).every(({ fromMs }, at) => fromMs === newest[at]!.toMs)).toBe(true);
    }),
  );
});
