import { drizzle } from "drizzle-orm/d1";
import { Hono } from "hono";
import * as v from "valibot";
import { SETTLED_MS } from "../../core/summary/compact.ts";
import { services } from "../../migrations/schema.ts";
import { archiveStatus } from "../archive/archive-status.ts";
import { optimizeService } from "../archive/optimize-service.ts";
import { replayRange } from "../archive/replay-range.ts";
import type { KnownService } from "../archive/seal-service.ts";
import { verifyArchive } from "../archive/verify-archive.ts";
import { audit } from "../auth/audit.ts";
import { compactSummaries } from "../cron/compact-summaries.ts";
import { rollUpSummaries } from "../cron/roll-up-summaries.ts";
import type { AppEnv, Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName, questionOf } from "../query/question.ts";
import { settingsOf } from "../service-settings.ts";
import { validJson, validQuery } from "../validate.ts";

/** Merges of one request; the answer says whether there is more. */
const MERGES_A_REQUEST = 5;
const DAY_MS = 86_400_000;

/** At least as many letters of a link as `verify-archive` shows. */
const HEAD = /^(\d{1,15}):([0-9a-f]{16,64})$/;

const verifyQuery = v.pipe(
  v.object({
    service: v.optional(v.string()),
    deep: v.optional(v.picklist(["0", "1"]), "0"),
    /** `NUMBER:LINK` of an answer of before, or the link's first 16 letters: the log has to go through it still. */
    head: v.optional(v.pipe(v.string(), v.regex(HEAD, "NUMBER:LINK as an answer of before has it"))),
  }),
  v.forward(
    v.check(({ service, head }) => head === undefined || service !== undefined, "a head is of one service: name it"),
    ["head"],
  ),
);
const optimizeBody = v.strictObject({ service: v.optional(v.string()) });
const replayBody = v.strictObject({
  service: v.string(),
  from: v.string(),
  to: v.optional(v.string()),
  /** Days that the rows stay; the service's hot window where absent. */
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(400))),
});

const list = describe({
  tag: "Operations",
  summary: "What each service has in the archive, and where its latest message went.",
  example: {},
  answer: { services: [{ service: "web", segments: 0, records: 0, bytes: 0 }] },
});
const verify = describe({
  tag: "Operations",
  summary: "Whether the archive is what was written into it, by its signed log; deep=1 hashes every object again.",
  example: { query: { service: "web" } },
  answer: { intact: true, services: [{ service: "web", problems: [] }] },
});
const optimize = describe({
  tag: "Operations",
  summary:
    "Merges small segments of each day into larger ones, and the statistics of closed hours and days; ask again while hasMore says so.",
  example: { body: { service: "web" } },
  answer: { merged: 0, into: 0, summaries: 0, hasMore: false },
});
const replay = describe({
  tag: "Operations",
  summary: "Brings archived records of a range back as rows of the database; ask again while hasMore says so.",
  example: { body: { service: "web", from: "-1h" } },
  answer: { records: 0, segments: 0, hasMore: false },
});

/** GET /api/archive, GET /api/archive/verify, POST /api/archive/optimize, POST /api/archive/replay */
export const archive = new Hono<AppEnv>()
  .get("/", list, async (c) => c.json({ services: await archiveStatus(c.env) }))
  .get("/verify", verify, validQuery(verifyQuery), async (c) => {
    const { service, deep, head = "" } = c.req.valid("query");
    const [, number, link] = HEAD.exec(head) ?? [];
    const written = link === undefined ? undefined : { number: Number(number), link };
    const proofs = [];
    for (const each of await knownServices(c.env, service))
      proofs.push(await verifyArchive(c.env, each, deep === "1", written));
    return c.json({ intact: proofs.every(({ intact }) => intact), services: proofs });
  })
  .post("/optimize", optimize, validJson(optimizeBody), async (c) => {
    const { service } = c.req.valid("json");
    const sum = { merged: 0, into: 0, summaries: 0, hasMore: false };
    for (const each of await knownServices(c.env, service)) {
      const done = await optimizeService(c.env, each, Date.now(), {
        maxMerges: Math.max(0, MERGES_A_REQUEST - sum.into),
        minObjects: 2,
      });
      sum.merged += done.merged;
      sum.into += done.into;
      sum.hasMore ||= done.hasMore;
      // In a request of its own: each takes hundreds of the thousand queries that a request may make.
      if (done.into > 0) {
        sum.hasMore = true;
        continue;
      }
      const nowMs = Date.now() + SETTLED_MS;
      const tidied = (await compactSummaries(c.env, each.id, nowMs)) + (await rollUpSummaries(c.env, each.id, nowMs));
      sum.summaries += tidied;
      sum.hasMore ||= tidied > 0;
    }
    await audit(c, { action: "archive.optimize", target: service ?? "", detail: sum });
    return c.json(sum);
  })
  .post("/replay", replay, validJson(replayBody), async (c) => {
    const nowMs = Date.now();
    const { service, from, to, days } = c.req.valid("json");
    const range = questionOf({ service, from, to, q: "" }, nowMs);
    const [known] = await knownServices(c.env, service);
    const { hotDays } = await settingsOf(c.env, service);
    const hotUntilMs = nowMs + (days ?? Math.max(1, hotDays)) * DAY_MS;
    const done = await replayRange(c.env, known!, range, hotUntilMs);
    await audit(c, { action: "archive.replay", target: service, detail: { from, to, ...done } });
    return c.json({ ...done, hotUntil: new Date(hotUntilMs).toISOString() });
  });

/** Those that have stored something; the one that is asked for has to be among them. */
export async function knownServices(env: Env, service: string | undefined): Promise<KnownService[]> {
  if (service !== undefined) checkServiceName(service);
  const known = await drizzle(env.DB).select({ id: services.id, name: services.name }).from(services);
  if (service === undefined) return known;
  const found = known.filter(({ name }) => name === service);
  if (found.length === 0) throw new ApiError("not_found", `no service ${service} has stored anything`);
  return found;
}
