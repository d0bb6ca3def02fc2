import { beforeAll, expect, it } from "vitest";
import { planSeals } from "../../../core/segment/plan-seal.ts";
import { removeChunk, removeHot } from "../../../worker/archive/remove-hot.ts";
import { replayRange } from "../../../worker/archive/replay-range.ts";
import { commitSeal, type KnownService, putSeal, sealService } from "../../../worker/archive/seal-service.ts";
import { type SegmentColumns, segmentOf } from "../../../worker/archive/segment-row.ts";
import { ORPHAN_MS, sweepObjects } from "../../../worker/archive/sweep-objects.ts";
import { MAX_DATABASE_BYTES, tendArchive } from "../../../worker/archive/tend-archive.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { answersOf, hotRowsOf, keysOf, knownService, lines, putSettings, sourcesOf } from "./answers.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const { DB } = bindings;
const later = () => Date.now() + HOUR_MS;

async function segmentsOf({ id }: KnownService) {
  const { results } = await DB.prepare("SELECT * FROM segments WHERE service_id = ? ORDER BY min_ms")
    .bind(id)
    .all<SegmentColumns>();
  return results.map(segmentOf);
}

const SERVICES = ["sealed", "cut-seal", "pieces", "latecomers", "orphans", "kept-short", "crowded"];

// Two messages of each service; of all services together, as a delivery takes seconds.
beforeAll(async () => {
  await json(putSettings("kept-short", { hotDays: 1, retentionDays: 2 }));
  for (const part of [lines(40), lines(20, 40)]) {
    for (const service of SERVICES) await json(post(`/ingest/${service}`, part.join("\n")));
    await settled();
  }
}, 60_000);

it("seals closed hours, removes hot rows after their window, and changes no answer on the way", async () => {
  const service = await knownService("sealed");
  const before = await answersOf("sealed");
  expect(await sealService(bindings, service, Date.now())).toBe(0);
  expect(await sealService(bindings, service, later())).toBe(1);
  expect(await sealService(bindings, service, later())).toBe(0);
  expect(await answersOf("sealed")).toEqual(before);
  expect(await sourcesOf("sealed")).toEqual({ memory: 0, hot: 60, segments: 0 });
  const [segment] = await segmentsOf(service);
  expect(segment).toMatchObject({ kind: "sealed", records: 60, seqs: [[0, 1, 60]] });
  expect(segment!.coldMs).toBe(segment!.minMs);

  expect(await removeHot(bindings, service, Date.now() - DAY_MS, Date.now())).toBe(0);
  expect(await removeHot(bindings, service, later(), Date.now())).toBe(1);
  expect(await hotRowsOf("sealed")).toBe(0);
  expect(await sourcesOf("sealed")).toEqual({ memory: 0, hot: 0, segments: 60 });
  expect(await answersOf("sealed")).toEqual(before);
  expect(await json(ask("/api/pipeline/verify?service=sealed"))).toMatchObject({ complete: true, records: 60 });
});

it("answers the same when it is cut between object and row, and goes on", async () => {
  const service = await knownService("cut-seal");
  const before = await answersOf("cut-seal");
  const plan = planSeals(
    [{ firstSeq: 1, lastSeq: 60, receivedMs: 0, minMs: null, maxMs: null, spilled: 0 }],
    0,
    HOUR_MS,
    Date.now(),
  );
  const segment = await putSeal(bindings, service, 0, plan.seals[0]!);
  expect(await answersOf("cut-seal")).toEqual(before);
  await commitSeal(bindings, service, { shard: 0, from: 0, to: 60 }, segment);
  expect(await answersOf("cut-seal")).toEqual(before);
  // A second run that planned the same finds the seal moved.
  await expect(commitSeal(bindings, service, { shard: 0, from: 0, to: 60 }, segment)).rejects.toThrow();
  expect(await segmentsOf(service)).toHaveLength(1);
});

it("answers each record once while its hour is removed piece by piece", async () => {
  const service = await knownService("pieces");
  const before = await answersOf("pieces");
  await sealService(bindings, service, later());
  const [segment] = await segmentsOf(service);
  // As a run that was cut after a piece leaves it: rows before the border are gone, and the segment answers for them.
  const borderMs = segment!.minMs + 5 * 60_000;
  await DB.batch([
    DB.prepare("DELETE FROM records WHERE service_id = ?1 AND ts_ms < ?2").bind(service.id, borderMs),
    DB.prepare("UPDATE segments SET cold_ms = ?2 WHERE service_id = ?1").bind(service.id, borderMs),
  ]);
  expect(await sourcesOf("pieces")).toEqual({ memory: 0, hot: 30, segments: 30 });
  expect(await answersOf("pieces")).toEqual(before);
  // Somebody who read the border before it moved changes nothing.
  await expect(removeChunk(DB, service.id, segment!)).rejects.toThrow();
  await removeHot(bindings, service, later(), Date.now());
  expect(await hotRowsOf("pieces")).toBe(0);
  expect(await answersOf("pieces")).toEqual(before);
});

it("keeps hot rows that came later into a sealed hour's times", async () => {
  const service = await knownService("latecomers");
  await sealService(bindings, service, later());
  await json(post("/ingest/latecomers", lines(10, 20).join("\n")));
  await settled();
  const before = await answersOf("latecomers");
  await removeHot(bindings, service, later(), Date.now());
  expect(await hotRowsOf("latecomers")).toBe(10);
  expect(await sourcesOf("latecomers")).toEqual({ memory: 0, hot: 10, segments: 60 });
  expect(await answersOf("latecomers")).toEqual(before);
});

it("leaves to their segment the rows that were brought back between others of an unsealed hour", async () => {
  await json(post("/ingest/replayed", lines(20).join("\n")));
  await settled();
  await json(putSettings("replayed", { hotDays: 0 }));
  await json(post("/ingest/replayed", lines(20, 20).join("\n")));
  await settled();
  await json(putSettings("replayed", { hotDays: 7 }));
  await json(post("/ingest/replayed", lines(20, 40).join("\n")));
  await settled();
  const service = await knownService("replayed");
  const before = await answersOf("replayed");
  const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  expect(await replayRange(bindings, service, range, Date.now() + 2 * DAY_MS)).toMatchObject({ records: 20 });
  await sealService(bindings, service, later());
  expect((await segmentsOf(service)).map(({ seqs, records }) => [seqs, records])).toEqual([
    [
      [
        [0, 1, 20],
        [0, 41, 60],
      ],
      40,
    ],
    [[[0, 21, 40]], 20],
  ]);
  await removeHot(bindings, service, later(), Date.now());
  expect(await hotRowsOf("replayed")).toBe(20);
  expect(await answersOf("replayed")).toEqual(before);
  await removeHot(bindings, service, Date.now() + 3 * DAY_MS, Date.now() + 3 * DAY_MS);
  expect(await hotRowsOf("replayed")).toBe(0);
  expect(await answersOf("replayed")).toEqual(before);
});

it("sweeps objects that nothing names, an hour after they were written", async () => {
  const service = await knownService("orphans");
  await sealService(bindings, service, later());
  const [named] = await keysOf("orphans");
  await bindings.ARCHIVE.put("archive/service=orphans/date=2025-11-22/hour=10/0-1-abc.parquet", "left over");
  expect(await sweepObjects(bindings, service, Date.now())).toBe(0);
  const keeping = Object.create(bindings, { KEEP_ORPHANS: { value: "1" } }) as typeof bindings;
  expect(await sweepObjects(keeping, service, Date.now() + ORPHAN_MS + 1_000)).toBe(0);
  expect(await sweepObjects(bindings, service, Date.now() + ORPHAN_MS + 1_000)).toBe(1);
  expect(await keysOf("orphans")).toEqual([named]);
});

it("keeps to hot window and retention by received time, and leaves a note of what went", async () => {
  const service = await knownService("kept-short");
  const now = Date.now();
  await tendArchive(bindings, service, now + 2 * HOUR_MS);
  expect(await hotRowsOf("kept-short")).toBe(60);
  await tendArchive(bindings, service, now + DAY_MS + 2 * HOUR_MS);
  expect(await sourcesOf("kept-short")).toEqual({ memory: 0, hot: 0, segments: 60 });
  await tendArchive(bindings, service, now + 2 * DAY_MS + 2 * HOUR_MS);
  // The stream forgets what is stored a moment after it is told.
  await expect.poll(() => sourcesOf("kept-short"), { timeout: 20_000 }).toEqual({ memory: 0, hot: 0, segments: 0 });
  const { results } = await DB.prepare(
    "SELECT action, reason, records FROM segment_log WHERE service_id = ? ORDER BY number",
  )
    .bind(service.id)
    .all();
  expect(results).toEqual([
    { action: "added", reason: "sealed", records: 60 },
    { action: "removed", reason: "retention", records: 60 },
  ]);
});

/** The database, saying that it has this size. */
const ofSize = (bytes: number) => ({
  ...bindings,
  DB: new Proxy(DB, {
    get: (db, name) =>
      name === "prepare"
        ? (sql: string) =>
            sql === "SELECT 1" ? { run: async () => ({ meta: { size_after: bytes } }) } : db.prepare(sql)
        : (Reflect.get(db, name) as (...args: unknown[]) => unknown).bind(db),
  }),
});

it("seals and removes rows of this very hour once the database is nearly full, and not before", async () => {
  const service = await knownService("crowded");
  const before = await answersOf("crowded");
  const later = Date.now() + 120_000;
  await tendArchive(ofSize(MAX_DATABASE_BYTES), service, later);
  expect(await hotRowsOf("crowded")).toBe(60);
  await tendArchive(ofSize(MAX_DATABASE_BYTES + 1), service, later);
  expect(await hotRowsOf("crowded")).toBe(0);
  expect(await answersOf("crowded")).toEqual(before);
});
