import { expect, it } from "vitest";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import type { Reading } from "../../core/summary/plan-reading.ts";
import { STEPS_MS } from "../../core/summary/steps.ts";
import { emptySummary } from "../../core/summary/summary.ts";
import { MergedParts } from "../../worker/query/merged-parts.ts";
import { PartsReader } from "../../worker/query/parts-reader.ts";
import { bindings } from "./ask.ts";

const [MINUTE, HOUR] = STEPS_MS;
const { DB } = bindings;

it("takes nothing of a service whose roll-up, or the minutes of it, went away before they were read", async () => {
  const summary = encodeSummary(Object.assign(emptySummary(), { count: 3 }));
  await DB.batch([
    DB.prepare("INSERT INTO services (id, name, first_seen_ms, last_seen_ms, records) VALUES (998, 'gone', 0, 0, 0)"),
    DB.prepare("INSERT INTO summaries VALUES (998, ?, 0, 0, 1, ?)").bind(MINUTE, summary),
    DB.prepare("INSERT INTO rollups VALUES (998, ?, ?, ?)").bind(HOUR, HOUR, summary),
  ]);
  const question = { service: "gone", fromMs: 0, toMs: 9 * HOUR, stepMs: HOUR, only: new Set<never>() };
  const reader = new PartsReader(DB, question);
  const read = async (reading: Reading) => {
    const parts = new MergedParts(HOUR);
    const isTaken = reader.add(reading, [], await DB.batch(reader.statements("gone", reading, [])), parts);
    return { isTaken, counts: parts.all().map((part) => part.summary.count) };
  };
  const known = { rollups: [{ stepMs: HOUR, startMs: HOUR }], toldHours: new Set<number>() };
  const reading = reader.readingOf(known, []);
  expect(await read(reading)).toEqual({ isTaken: true, counts: [3, 3] });
  const none = { isTaken: false, counts: [] };
  expect(await read({ ...reading, rollups: [...reading.rollups, { stepMs: HOUR, startMs: 2 * HOUR }] })).toEqual(none);
  expect(await read({ ...reading, hours: [3 * HOUR] })).toEqual(none);
});
