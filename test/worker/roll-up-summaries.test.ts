import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import { STEPS_MS, type StepMs } from "../../core/summary/steps.ts";
import { emptySummary } from "../../core/summary/summary.ts";
import { rollUpSummaries } from "../../worker/cron/roll-up-summaries.ts";
import { rollupStep, selectParts } from "../../worker/query/select-parts.ts";
import { accessLine, ask, bindings, json, post, settled } from "./ask.ts";

const [MINUTE, HOUR, DAY] = STEPS_MS;
const { DB } = bindings;

const rollUpAll = async (serviceId: number, nowMs: number): Promise<void> => {
  while ((await rollUpSummaries(bindings, serviceId, nowMs)) > 0);
};

async function rollupsOf(serviceId: number): Promise<string[]> {
  const sql = "SELECT step_ms, start_ms FROM rollups WHERE service_id = ? ORDER BY 1, 2";
  const { results } = await DB.prepare(sql).bind(serviceId).all<{ step_ms: number; start_ms: number }>();
  return results.map(({ step_ms, start_ms }) => `${step_ms}@${start_ms}`);
}

describe("questions over rolled-up hours and days", () => {
  const FROM = Date.UTC(2026, 9, 1);
  const QUESTIONS = [
    "stats?service=rolled&from=2026-10-01&to=2026-10-04&step=1h",
    "stats?service=rolled&from=2026-10-01&to=2026-10-04&step=1d&compare=-1d",
    "stats?service=rolled&from=2026-10-01T01:30:00Z&to=2026-10-02T01:29:00Z&step=1m",
    "stats?service=rolled&from=2026-10-01T01:30:20Z&to=2026-10-03T22:29:10Z&step=90m",
    "stats?service=rolled&from=0",
    "stats?service=rolled&from=2026-10-01&to=2026-10-04&groupBy=path&step=6h",
    "top?service=rolled&from=2026-10-01T01:30:00Z&to=2026-10-03T22:29:00Z&dimensions=path,ip,status",
    "top/path?service=rolled&from=0",
  ];
  const answers = () =>
    Promise.all(
      QUESTIONS.map((question) =>
        json<Record<string, unknown>>(ask(`/api/${question}`)).then((answer) =>
          JSON.parse(JSON.stringify(answer, (key, value) => (key === "scanned" ? undefined : value))),
        ),
      ),
    );
  const scanned = async (question: string) => (await json<{ scanned: number }>(ask(`/api/${question}`))).scanned;
  const line = (hour: number, at: number) =>
    accessLine({
      path: `/p${at % 7}`,
      ip: `198.51.100.${at}`,
      status: at % 5 === 0 ? 404 : 200,
      time: `0${1 + Math.floor(hour / 24)}/Oct/2026:${String(hour % 24).padStart(2, "0")}:${10 + (at % 40)}:00 +0000`,
      tail: ` ${at}`,
    });
  let id = 0;
  let before: unknown[];

  beforeAll(async () => {
    const lines: string[] = [];
    for (let hour = 0; hour < 72; hour += 4) for (let at = 0; at < 40; at++) lines.push(line(hour + (at % 3), at));
    for (let batch = 0; batch < 4; batch++) {
      await json(post("/ingest/rolled", lines.filter((_, at) => at % 4 === batch).join("\n")));
      await settled();
    }
    id = (await DB.prepare("SELECT id FROM services WHERE name = 'rolled'").first<number>("id"))!;
    before = await answers();
  }, 60_000);

  it("have the same answer, from fewer rows", async () => {
    const rows = await scanned(QUESTIONS[7]!);
    await rollUpAll(id, Date.now() + HOUR);
    expect((await rollupsOf(id)).filter((key) => key.startsWith(`${DAY}@`))).toEqual(
      [0, 1, 2].map((day) => `${DAY}@${FROM + day * DAY}`),
    );
    expect(await answers()).toEqual(before);
    expect(await scanned(QUESTIONS[7]!)).toBeLessThan(rows * 0.7);
  });

  it("tell an old log by steps of its own length, not of the time since", async () => {
    const old = [17, 18, 19].map((day) => accessLine({ time: `${day}/May/2015:10:05:00 +0000` }));
    await json(post("/ingest/rolled-old", old.join("\n")));
    await settled();
    const oldId = (await DB.prepare("SELECT id FROM services WHERE name = 'rolled-old'").first<number>("id"))!;
    await rollUpAll(oldId, Date.now() + HOUR);
    const { step, total } = await json<{ step: number; total: { count: number } }>(
      ask("/api/stats?service=rolled-old&from=0"),
    );
    expect({ step, count: total.count }).toEqual({ step: 30 * MINUTE, count: 3 });
  });

  it("see a line that comes late: its hour and its day are rolled up anew", async () => {
    await rollUpAll(id, Date.now() + HOUR);
    const all = await rollupsOf(id);
    const count = async () =>
      (await json<{ total: { count: number } }>(ask("/api/stats?service=rolled&from=0&step=1d"))).total.count;
    const counted = await count();
    await json(post("/ingest/rolled", line(25, 1)));
    await settled();
    expect(await count()).toBe(counted + 1);
    const gone = [`${HOUR}@${FROM + 25 * HOUR}`, `${DAY}@${FROM + DAY}`];
    expect(await rollupsOf(id)).toEqual(all.filter((key) => !gone.includes(key)));
    await rollUpAll(id, Date.now() + HOUR);
    expect(await rollupsOf(id)).toEqual(all);
    expect(await count()).toBe(counted + 1);
  });

  it("do not count what was deleted", async () => {
    await rollUpAll(id, Date.now() + HOUR);
    const hour = FROM + 4 * HOUR;
    const removed = await DB.prepare("DELETE FROM summaries WHERE service_id = ? AND start_ms BETWEEN ? AND ?")
      .bind(id, hour, hour + HOUR - 1)
      .run();
    expect(removed.meta.changes).toBeGreaterThan(1);
    expect(await rollupsOf(id)).not.toContain(`${HOUR}@${hour}`);
    expect(await rollupsOf(id)).not.toContain(`${DAY}@${FROM}`);
  });
});

describe("what is read of a range", () => {
  const SERVICE = 999;
  const anyPart = fc.record({
    stepMs: fc.constantFrom(...STEPS_MS),
    at: fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    count: fc.integer({ min: 1, max: 9 }),
  });
  const insert = (stepMs: StepMs, startMs: number, firstSeq: number, count: number) =>
    DB.prepare("INSERT INTO summaries VALUES (?, ?, ?, 0, ?, ?)").bind(
      ...[SERVICE, stepMs, startMs, firstSeq, encodeSummary(Object.assign(emptySummary(), { count }))],
    );
  const countsOf = async (fromMs: number, toMs: number, longest: number) => {
    const { results } = await DB.prepare(selectParts("?1"))
      .bind(SERVICE, fromMs, toMs, longest)
      .all<{ step_ms: number; start_ms: number; summary: string }>();
    return results.map(({ step_ms, start_ms, summary }) => ({
      step_ms,
      start_ms,
      count: Number(summary.split(" ")[1]),
    }));
  };

  it("is every part once, with roll-ups or without, whichever there are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPart, { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat({ max: 200 }), { maxLength: 10 }),
        fc.tuple(fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.integer({ min: 1, max: 3 * DAY })),
        async (parts, gone, [fromMs, length]) => {
          await DB.batch([
            DB.prepare("DELETE FROM summaries WHERE service_id = ?").bind(SERVICE),
            DB.prepare("DELETE FROM rollups WHERE service_id = ?").bind(SERVICE),
            DB.prepare(
              "INSERT OR IGNORE INTO ledger (service_id, shard, first_seq, last_seq, received_ms, applied_ms) SELECT ?, 0, value, value, 0, 0 FROM json_each(?)",
            ).bind(...[SERVICE, JSON.stringify(parts.map((_, at) => at))]),
            ...parts.map(({ stepMs, at, count }, seq) => insert(stepMs, Math.floor(at / stepMs) * stepMs, seq, count)),
          ]);
          await rollUpAll(SERVICE, 10 * DAY);
          const made = await rollupsOf(SERVICE);
          for (const each of gone) {
            const [step, start] = (made[each] ?? "0@0").split("@").map(Number);
            await DB.prepare("DELETE FROM rollups WHERE service_id = ? AND step_ms = ? AND start_ms = ?")
              .bind(SERVICE, step!, start!)
              .run();
          }
          const ranges: [number, number][] = [
            [fromMs, fromMs + length],
            [Math.floor(fromMs / HOUR) * HOUR, Math.floor(fromMs / HOUR) * HOUR + Math.ceil(length / HOUR) * HOUR],
            [-1e15, 1e15],
          ];
          for (const [from, to] of ranges) {
            const plain = await countsOf(from, to, 0);
            for (const stepMs of [MINUTE, HOUR, 3 * HOUR, DAY]) {
              const rolled = await countsOf(from, to, rollupStep(stepMs));
              const bySteps = (rows: typeof plain) => {
                const sums = new Map<number, number>();
                for (const { start_ms, count } of rows) {
                  const start = Math.floor(start_ms / stepMs) * stepMs;
                  sums.set(start, (sums.get(start) ?? 0) + count);
                }
                return [...sums].sort(([a], [b]) => a - b);
              };
              expect(bySteps(rolled)).toEqual(bySteps(plain));
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it("takes roll-ups only where the steps of the answer are made of them", () => {
    expect([MINUTE, 90 * MINUTE, HOUR, 3 * HOUR, DAY, 7 * DAY, Number.POSITIVE_INFINITY].map(rollupStep)).toEqual([
      0,
      0,
      HOUR,
      HOUR,
      DAY,
      DAY,
      DAY,
    ]);
  });
});
