import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { STEPS_MS, type StepMs } from "../../core/summary/steps.ts";
import { emptySummary } from "../../core/summary/summary.ts";
import { rollUpSummaries } from "../../worker/cron/roll-up-summaries.ts";
import { summaryParts } from "../../worker/query/summary-parts.ts";
import { accessLine, ask, bindings, json, post, settled } from "./ask.ts";

const [MINUTE, HOUR, DAY] = STEPS_MS;
const TEN = 10 * MINUTE;
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
    const gone = [`${TEN}@${FROM + 25 * HOUR + TEN}`, `${HOUR}@${FROM + 25 * HOUR}`, `${DAY}@${FROM + DAY}`];
    expect(await rollupsOf(id)).toEqual(all.filter((key) => !gone.includes(key)));
    await rollUpAll(id, Date.now() + HOUR);
    expect(await rollupsOf(id)).toEqual(all);
    expect(await count()).toBe(counted + 1);
  });

  it("count a line that is not stored yet in a minute that is told", async () => {
    await rollUpAll(id, Date.now() + HOUR);
    const minute = "stats?service=rolled&from=2026-10-01T04:15:00Z&to=2026-10-01T04:16:00Z&step=1m";
    const { total } = await json<{ total: { count: number } }>(ask(`/api/${minute}`));
    await json(post("/ingest/rolled", accessLine({ ip: "192.0.2.9", time: "01/Oct/2026:04:15:00 +0000" })));
    const after = await json<{ buckets: { count: number; uniqueIps: number }[] }>(ask(`/api/${minute}`));
    expect(after).toMatchObject({ buckets: [{ count: total.count + 1 }], total: { count: total.count + 1 } });
    await settled();
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
  const NAME = "read";
  const anyPart = fc.record({
    stepMs: fc.constantFrom(...STEPS_MS, MINUTE, MINUTE, MINUTE),
    at: fc.integer({ min: -2 * DAY, max: 2 * DAY }).map((ms) => (ms % 3 === 0 ? ms : ms % (2 * HOUR))),
    count: fc.integer({ min: 1, max: 9 }),
  });
  const insert = (stepMs: StepMs, startMs: number, firstSeq: number, count: number) =>
    DB.prepare("INSERT INTO summaries VALUES (?, ?, ?, 0, ?, ?)").bind(
      ...[SERVICE, stepMs, startMs, firstSeq, encodeSummary(Object.assign(emptySummary(), { count }))],
    );
  const minuteRows = async () =>
    (await DB.prepare("SELECT count(*) AS rows FROM hour_minutes WHERE service_id = ?")
      .bind(SERVICE)
      .first<number>("rows"))!;

  /** Counts by step of the answer, or all in one. */
  async function answered(fromMs: number, toMs: number, stepMs: number, only: ReadonlySet<SectionName>) {
    const question = { service: NAME, fromMs, toMs, stepMs, only };
    const { parts, told } = await summaryParts(bindings, question, Date.now());
    const sums = new Map<number, number>();
    const add = (startMs: number, count: number) => {
      const start = Number.isFinite(stepMs) ? Math.floor(startMs / stepMs) * stepMs : 0;
      if (count > 0) sums.set(start, (sums.get(start) ?? 0) + count);
    };
    for (const { startMs, summary } of parts) add(startMs, summary.count);
    for (const [startMs, { count }] of told?.figures ?? []) add(startMs, count);
    const total = [...parts, ...(told?.parts ?? [])].reduce((sum, { summary }) => sum + summary.count, 0);
    return { sums: [...sums].sort(([a], [b]) => a - b), total };
  }

  it("is every part once, with roll-ups or without, whichever there are", async () => {
    await DB.prepare("INSERT INTO services (id, name, first_seen_ms, last_seen_ms, records) VALUES (?, ?, 0, 0, 0)")
      .bind(SERVICE, NAME)
      .run();
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPart, { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat({ max: 200 }), { maxLength: 10 }),
        fc.tuple(fc.integer({ min: -2 * DAY, max: 2 * DAY }), fc.integer({ min: 1, max: 3 * DAY })),
        async (parts, gone, [fromMs, length]) => {
          await DB.batch([
            DB.prepare("DELETE FROM summaries WHERE service_id = ?").bind(SERVICE),
            DB.prepare(
              "INSERT OR IGNORE INTO ledger (service_id, shard, first_seq, last_seq, received_ms, applied_ms) SELECT ?, 0, value, value, 0, 0 FROM json_each(?)",
            ).bind(...[SERVICE, JSON.stringify(parts.map((_, at) => at))]),
            ...parts.map(({ stepMs, at, count }, seq) => insert(stepMs, Math.floor(at / stepMs) * stepMs, seq, count)),
          ]);
          // Roll-ups are never left behind by the parts that they were of.
          expect([await rollupsOf(SERVICE), await minuteRows()]).toEqual([[], 0]);
          const ranges: [number, number][] = [
            [fromMs, fromMs + length],
            [Math.floor(fromMs / HOUR) * HOUR, Math.floor(fromMs / HOUR) * HOUR + Math.ceil(length / HOUR) * HOUR],
            [-1e15, 1e15],
          ];
          const steps = [MINUTE, TEN, HOUR, 3 * HOUR, DAY, Number.POSITIVE_INFINITY];
          const sections = ["levels", "ips", "path"] as const;
          const questions = ranges.flatMap(([from, to], at) =>
            steps.map((stepMs, step) => [from, to, stepMs, new Set([sections[(at + step) % 3]!])] as const),
          );
          const all = () => Promise.all(questions.map((question) => answered(...question)));
          const plain = await all();
          await rollUpAll(SERVICE, 10 * DAY);
          expect(await all()).toEqual(plain);
          const made = await rollupsOf(SERVICE);
          for (const each of gone) {
            const [step, start] = (made[each] ?? "0@0").split("@").map(Number);
            const table = each % 3 === 0 ? "hour_minutes" : "rollups";
            const step_ms = table === "rollups" ? "step_ms" : HOUR;
            await DB.prepare(`DELETE FROM ${table} WHERE service_id = ? AND ${step_ms} = ? AND start_ms = ?`)
              .bind(SERVICE, step!, start!)
              .run();
          }
          expect(await all()).toEqual(plain);
        },
      ),
      { numRuns: 6 },
    );
  });
});
