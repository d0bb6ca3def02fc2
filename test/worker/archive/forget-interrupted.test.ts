import { expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { planSeals } from "../../../core/segment/plan-seal.ts";
import { forget } from "../../../worker/archive/forget/forget.ts";
import { rebuildSummaries } from "../../../worker/archive/forget/rebuild-summaries.ts";
import { removeExpired } from "../../../worker/archive/remove-expired.ts";
import { removeHot } from "../../../worker/archive/remove-hot.ts";
import { commitSeal, putSeal, sealService } from "../../../worker/archive/seal-service.ts";
import { tendArchive } from "../../../worker/archive/tend-archive.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { answersOf, hotRowsOf, keysOf, knownService, lines, putSettings, RANGE, sourcesOf } from "./answers.ts";
import { Cut, cutAt, untilUncut } from "./cut-env.ts";

const HOUR_MS = 3_600_000;
const PERSON = "198.51.100.3";
const parsed = parseFilter(`ip:${PERSON}`);
if (!parsed.ok) throw new Error(parsed.detail);
const wish = (reason: string) => ({
  ...{ filter: parsed.value, reason },
  ...{ nowMs: Date.now(), untilMs: Number.POSITIVE_INFINITY },
});
const all = lines(60);
const later = (): number => Date.now() + HOUR_MS;

async function send(service: string, sent: string[]): Promise<void> {
  await json(post(`/ingest/${service}`, sent.join("\n")));
  await settled();
}

/** Statistics that know nothing of seqs, which nobody gets twice. */
const figuresOf = (service: string): Promise<unknown[]> =>
  Promise.all(
    [`stats?${RANGE}&step=1m`, `stats?${RANGE}&step=1h`, `top/ip?${RANGE}`, `top/path?${RANGE}`].map(
      async (question) => {
        const { scanned: _, ...answer } = await json(ask(`/api/${question}&service=${service}`));
        return answer;
      },
    ),
  );

const notesOf = async (service: string): Promise<{ records: number; lasting: number }[]> => {
  const sql =
    "SELECT records, lasting FROM forgotten WHERE service_id = (SELECT id FROM services WHERE name = ?) ORDER BY start_ms";
  return (await bindings.DB.prepare(sql).bind(service).all<{ records: number; lasting: number }>()).results;
};

it("ends with the same statistics, rows and objects wherever it is cut, and however often", async () => {
  const others = all.filter((line) => !line.startsWith(`${PERSON} `));
  await json(putSettings("cut-often", { hotDays: 0 }));
  await send("cut-often", all.slice(0, 20));
  await json(putSettings("cut-often", { hotDays: 7 }));
  await send("cut-often", all.slice(20, 40));
  const service = await knownService("cut-often");
  await sealService(bindings, service, later());
  await send("cut-often", all.slice(40));
  await send("never-there", others);

  const cuts = await untilUncut(async (env) => {
    const { summaries } = await forget(env, service, wish("request 7"));
    // What statistics could not be counted again is left to cron, and no reason to fail.
    if (summaries.pending > 0) throw new Cut();
  });
  expect(cuts).toBeGreaterThan(5);
  expect(await notesOf("cut-often")).toEqual([]);
  expect(await figuresOf("cut-often")).toEqual(await figuresOf("never-there"));
  expect(await sourcesOf("cut-often")).toEqual({ memory: 0, hot: 32, segments: 16 });
  for (const key of await keysOf("cut-often")) {
    const text = new TextDecoder("latin1").decode(await (await bindings.ARCHIVE.get(key))!.arrayBuffer());
    expect(text).not.toContain(PERSON);
  }
  expect(await json(ask("/api/archive/verify?service=cut-often&deep=1"))).toMatchObject({ intact: true });
});

it("is counted again by cron where nobody asks a second time", async () => {
  await send("cut-once", all);
  const service = await knownService("cut-once");
  // After the rows were read and deleted, before anything is counted.
  await expect(forget(cutAt(2), service, wish("request 8"))).rejects.toThrow(Cut);
  expect(await hotRowsOf("cut-once")).toBe(48);
  expect(await figuresOf("cut-once")).not.toEqual(await figuresOf("never-there"));
  await tendArchive(bindings, service, Date.now());
  expect(await notesOf("cut-once")).toEqual([]);
  expect(await figuresOf("cut-once")).toEqual(await figuresOf("never-there"));
});

it("leaves nobody in a seal that was under way", async () => {
  await send("sealing", all);
  const service = await knownService("sealing");
  const applied = { firstSeq: 1, lastSeq: 60, receivedMs: 0, minMs: null, maxMs: null, spilled: 0 };
  const { seals } = planSeals([applied], 0, HOUR_MS, Date.now());
  const segment = await putSeal(bindings, service, 0, seals[0]!);
  expect((await forget(bindings, service, wish("request 9"))).rows).toBe(12);
  await expect(commitSeal(bindings, service, { shard: 0, from: 0, to: 60 }, segment)).rejects.toThrow();
  await sealService(bindings, service, later());
  await removeHot(bindings, service, later(), Date.now());
  expect(await hotRowsOf("sealing")).toBe(0);
  // The stream forgets what is stored a moment after it is told.
  await expect.poll(() => sourcesOf("sealing"), { timeout: 20_000 }).toEqual({ memory: 0, hot: 0, segments: 48 });
});

it("takes rows and their sealed copies together, so that no border moves between them", async () => {
  await send("copied", all);
  const service = await knownService("copied");
  await sealService(bindings, service, later());
  expect(await forget(bindings, service, wish("request 10"))).toMatchObject({ rows: 12, archived: 0 });
  const before = await answersOf("copied");
  await removeHot(bindings, service, later(), Date.now());
  expect(await answersOf("copied")).toEqual(before);
});

it("tells of statistics that count for good who was forgotten: retention has taken the others", async () => {
  await json(putSettings("partly-gone", { hotDays: 0 }));
  await send("partly-gone", all);
  const afterMs = Date.now() + 1;
  // The clock stands still where nothing is waited for.
  await scheduler.wait(20);
  await send("partly-gone", all);
  const service = await knownService("partly-gone");
  expect(await removeExpired(bindings, service, afterMs, Date.now())).toBe(1);
  const done = await forget(bindings, service, wish("request 11"));
  expect(done).toMatchObject({ archived: 12, summaries: { rebuilt: 0, approximate: 10, pending: 0 } });
  const perMinute = [1, 1, 1, 2, 1, 1, 1, 1, 2, 1];
  expect(await notesOf("partly-gone")).toEqual(perMinute.map((records) => ({ records, lasting: 1 })));
  expect(await rebuildSummaries(bindings, service, Date.now(), Number.POSITIVE_INFINITY)).toEqual({
    rebuilt: 0,
    approximate: 0,
    pending: 0,
  });
  for (const question of [`stats?${RANGE}&step=1m`, `stats?${RANGE}&groupBy=ip`, `top/ip?${RANGE}`])
    expect(await json(ask(`/api/${question}&service=partly-gone`))).toMatchObject({ forgotten: 12 });
  // Of records nobody is counted who was forgotten.
  expect(await json(ask(`/api/stats?${RANGE}&step=1m&q=method:GET&service=partly-gone`))).not.toHaveProperty(
    "forgotten",
  );
});
