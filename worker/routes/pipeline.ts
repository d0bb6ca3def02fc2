import { Hono } from "hono";
import type { StreamStatus } from "../../durable-objects/service-stream.ts";
import { type AppEnv, announcedServices, type Env, streamOf } from "../env.ts";

/** GET /api/pipeline: for each stage and each stream what came in, what is stored, and what is still on its way. */
export const pipeline = new Hono<AppEnv>().get("/", async (c) => {
  const nowMs = Date.now();
  const streams = await statuses(c.env);
  const sum = (of: (status: StreamStatus) => number): number =>
    streams.reduce((total, status) => total + of(status), 0);
  const latest = (of: (status: StreamStatus) => number | undefined): string | null =>
    isoOf(Math.max(0, ...streams.map((status) => of(status) ?? 0)));
  const oldestMs = Math.min(...streams.map(({ oldestUnconfirmedMs }) => oldestUnconfirmedMs ?? nowMs));
  const lagMs = Math.max(0, nowMs - oldestMs);
  const acknowledged = sum((status) => status.acknowledged);
  const stored = sum((status) => status.stored);
  const ratePerSecond = sum((status) => status.ratePerSecond);
  const deadLetters = sum((status) => status.deadLetters.length);
  return c.json({
    acknowledged,
    stored,
    unconfirmed: acknowledged - stored,
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
        backlog: acknowledged - stored,
        backlogBytes: sum((status) => status.journalBytes),
        errors: 0,
        lastSuccess: latest((status) => status.lastSeenMs),
      },
      {
        name: "queue",
        ratePerSecond,
        lagMs,
        backlog: acknowledged - stored,
        errors: sum((status) => status.sendErrors),
        lastSuccess: latest((status) => status.lastSentMs),
      },
      {
        name: "database",
        ratePerSecond,
        lagMs,
        backlog: acknowledged - stored,
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
  return Promise.all(services.map(({ name }) => streamOf(env, name).status()));
}

const isoOf = (ms: number | undefined): string | null => (ms ? new Date(ms).toISOString() : null);
