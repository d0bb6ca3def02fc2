import { Hono } from "hono";
import * as v from "valibot";
import type { StreamStatus } from "../../durable-objects/stream-status.ts";
import { archiveStatus } from "../archive/archive-status.ts";
import { type AppEnv, announcedServices, askShards, type Env } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName } from "../query/question.ts";
import { verifyService } from "../query/verify-service.ts";
import { validQuery } from "../validate.ts";

const verifyQuery = v.object({ service: v.string() });

const verify = describe({
  tag: "Pipeline",
  summary: "Whether every seq of a service is stored once, with the gaps and overlaps.",
  example: { query: { service: "web" } },
  answer: { service: "web", acknowledged: 1, gaps: [], overlaps: [] },
});
const overall = describe({
  tag: "Pipeline",
  summary: "For each stage and each stream: what came in, what is stored, what is still on its way.",
  example: {},
  answer: {
    acknowledged: 1,
    stored: 1,
    unconfirmed: 0,
    stages: [{ name: "ingest", errors: 0 }],
    streams: [{ service: "web" }],
  },
});

/**
 * GET /api/pipeline/verify?service=: whether the ledger has every seq of a service once, in every shard, with gaps, overlaps
 * and what was discarded.
 * GET /api/pipeline: for each stage and each stream what came in, what is stored, and what is still on its way.
 */
export const pipeline = new Hono<AppEnv>()
  .get("/verify", verify, validQuery(verifyQuery), async (c) => {
    const { service } = c.req.valid("query");
    checkServiceName(service);
    return c.json(await verifyService(c.env, service));
  })
  .get("/", overall, async (c) => {
    const nowMs = Date.now();
    const [streams, archive] = await Promise.all([statuses(c.env), archiveStatus(c.env)]);
    const sum = (of: (status: StreamStatus) => number): number =>
      streams.reduce((total, status) => total + of(status), 0);
    const latest = (of: (status: StreamStatus) => number | undefined): string | null =>
      isoOf(Math.max(0, ...streams.map((status) => of(status) ?? 0)));
    const oldestMs = Math.min(...streams.map(({ oldestUnconfirmedMs }) => oldestUnconfirmedMs ?? nowMs));
    const lagMs = Math.max(0, nowMs - oldestMs);
    const acknowledged = sum((status) => status.acknowledged);
    const stored = sum((status) => status.stored);
    const discarded = sum((status) => status.discarded);
    const unconfirmed = acknowledged - stored - discarded;
    const ratePerSecond = sum((status) => status.ratePerSecond);
    const deadLetters = sum((status) => status.deadLetters.length);
    return c.json({
      acknowledged,
      stored,
      discarded,
      unconfirmed,
      archive,
      stages: [
        {
          name: "ingest",
          ratePerSecond,
          lagMs: 0,
          backlog: 0,
          errors: 0,
          lastSuccess: latest((status) => status.lastSeenMs),
        },
        {
          name: "journal",
          ratePerSecond,
          lagMs,
          backlog: unconfirmed,
          backlogBytes: sum((status) => status.journalBytes),
          errors: 0,
          lastSuccess: latest((status) => status.lastSeenMs),
        },
        {
          name: "queue",
          ratePerSecond,
          lagMs,
          backlog: unconfirmed,
          errors: sum((status) => status.sendErrors),
          lastSuccess: latest((status) => status.lastSentMs),
        },
        {
          name: "database",
          ratePerSecond,
          lagMs,
          backlog: unconfirmed,
          errors: deadLetters,
          lastSuccess: latest((status) => status.lastConfirmedMs),
        },
      ],
      streams: streams.map(
        ({ oldestUnconfirmedMs, firstSeenMs, lastSeenMs, lastSentMs, lastConfirmedMs, ...status }) => ({
          ...status,
          lagMs: oldestUnconfirmedMs === undefined ? 0 : nowMs - oldestUnconfirmedMs,
          oldestUnconfirmed: isoOf(oldestUnconfirmedMs),
          firstSeen: isoOf(firstSeenMs),
          lastSeen: isoOf(lastSeenMs),
          lastSent: isoOf(lastSentMs),
          lastConfirmed: isoOf(lastConfirmedMs),
        }),
      ),
    });
  });

/** The streams themselves, not what they reported last: these figures are the proof that nothing is missing. */
export async function statuses(env: Env): Promise<StreamStatus[]> {
  const services = await announcedServices(env);
  const streams = await Promise.all(
    services.map(({ name }) =>
      askShards(env, name, async (stream, shard) => ({ ...(await stream.status()), service: name, shard })),
    ),
  );
  return streams.flat();
}

const isoOf = (ms: number | undefined): string | null => (ms ? new Date(ms).toISOString() : null);
