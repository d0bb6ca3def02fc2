import { Hono } from "hono";
import * as v from "valibot";
import { momentOf } from "../../core/time-range.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { aroundRecord } from "../query/around-record.ts";
import type { Place } from "../query/cursor.ts";
import { oneRecord } from "../query/one-record.ts";
import { checkServiceName, filterOf } from "../query/question.ts";
import { validQuery } from "../validate.ts";

const MAX_BESIDE = 500;

const whole = v.pipe(v.string(), v.digits(), v.maxLength(15), v.transform(Number));
const place = { service: v.string(), shard: v.optional(whole, "0"), seq: whole, time: v.string() };
const beside = v.optional(v.pipe(whole, v.maxValue(MAX_BESIDE)), "50");
const recordQuery = v.object(place);
const contextQuery = v.object({ ...place, before: beside, after: beside, q: v.optional(v.string(), "") });

const example = { service: "web", seq: "1", time: "2026-11-22T10:00:00Z" };
const recordDescribed = describe({
  tag: "Ask",
  summary: "One record, by the service, shard, seq and time that every answer tells of it.",
  example: { query: example },
  answer: { record: { service: "web", shard: 0, seq: 1, time: "2026-11-22T10:00:00.000Z" } },
});
const contextDescribed = describe({
  tag: "Ask",
  summary: "A record with what its service logged before and after it, oldest first.",
  example: { query: { ...example, before: "5", after: "5" } },
  answer: { before: [], record: { service: "web", seq: 1 }, after: [], scanned: 1 },
});

/**
 * A record is named by what every answer tells of it: service, shard, seq and time.
 *
 * GET /api/logs/record: that one. GET /api/logs/context: with what its service logged before and after it.
 */
export const logRecord = new Hono<AppEnv>()
  .get("/record", recordDescribed, validQuery(recordQuery), async (c) => {
    const nowMs = Date.now();
    return c.json({ record: await oneRecord(c.env, placeOf(c.req.valid("query"), nowMs), nowMs) });
  })
  .get("/context", contextDescribed, validQuery(contextQuery), async (c) => {
    const nowMs = Date.now();
    const asked = c.req.valid("query");
    const { before, after, q } = asked;
    const filter = q.trim() === "" ? undefined : filterOf(q);
    return c.json(await aroundRecord(c.env, { place: placeOf(asked, nowMs), before, after, filter }, nowMs));
  });

function placeOf({ service, shard, seq, time }: v.InferOutput<typeof recordQuery>, nowMs: number): Place {
  checkServiceName(service);
  const moment = momentOf(time, nowMs);
  if (!moment.ok)
    throw new ApiError("invalid_request", `time: ${moment.detail}`, {
      issues: [{ path: "time", message: moment.detail }],
    });
  return { service, shard, seq, tsMs: moment.value };
}
