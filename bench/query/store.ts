import { setTimeout as sleep } from "node:timers/promises";
import { accessLog, type LogTruth } from "../access-log.ts";
import { ask, untilStored } from "../api.ts";
import { bodiesOf } from "../bodies-of.ts";
import { onConnections } from "../connection.ts";
import type { Server } from "../with-server.ts";

const BATCH = 5_000;
const BODIES_A_ROUND = 40;
const CONNECTIONS = 4;
/** The log spans a day, and ends now. */
const DAY_MS = 86_400_000;

export interface Stored {
  service: string;
  lines: number;
  /** Time before the first line, a whole minute: so that summaries answer. */
  fromMs: number;
  toMs: number;
  linesPerSecond: number;
}

/**
 * Sends so many lines of a day, waits until all are stored, and checks them against the generator's own counts.
 *
 * @param isPaced waits for each 200,000: what the database is half a minute behind with would go to the archive instead of its rows
 */
export async function store(server: Server, service: string, lines: number, isPaced = false): Promise<Stored> {
  const startMs = Date.now() - DAY_MS;
  const log = accessLog(1, lines, startMs);
  const sentMs = performance.now();
  for (let sent = 0; sent < lines; sent += BATCH * BODIES_A_ROUND) {
    const round = Math.min(lines - sent, BATCH * BODIES_A_ROUND);
    await send(server, service, bodiesOf(log, round, BATCH));
    if (isPaced) await untilStored(server, service, sent + round);
  }
  await untilStored(server, service, lines);
  const linesPerSecond = (lines / (performance.now() - sentMs)) * 1_000;
  await check(server, service, log.truth);
  const fromMs = Math.floor(startMs / 60_000) * 60_000;
  return { service, lines, fromMs, toMs: fromMs + DAY_MS, linesPerSecond };
}

async function send(server: Server, service: string, bodies: Buffer[]): Promise<void> {
  let next = 0;
  await onConnections(CONNECTIONS, server, async (connection) => {
    const body = bodies[next++];
    if (!body) return false;
    for (;;) {
      const { status, text } = await connection.post(`/ingest/${service}`, body);
      if (status === 200) return true;
      if (status !== 503) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
      await sleep(1_000);
    }
  });
}

/** Figures count only if the answers are right. */
async function check(server: Server, service: string, truth: LogTruth): Promise<void> {
  const { values } = await ask<{ values: { value: string; count: number }[] }>(
    server,
    `/api/top/status?service=${service}&from=0&limit=100`,
  );
  const found = JSON.stringify(values.map(({ value, count }) => [value, count]).sort());
  const sent = JSON.stringify(Object.entries(truth.statuses).sort());
  if (found !== sent) throw new Error(`statuses differ: ${found}, sent ${sent}`);
}

interface Tidied {
  into: number;
  summaries: number;
  hasMore: boolean;
}

/** What the minutes after would do by themselves: segments merged, parts of a minute made one, hours and days rolled up. */
export async function tidy(server: Server, service: string): Promise<void> {
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
  for (let hasMore = true; hasMore; ) {
    const response = await fetch(`${server.url}/api/archive/optimize`, {
      method: "POST",
      headers,
      body: JSON.stringify({ service }),
    });
    if (!response.ok) throw new Error(`optimize was answered ${response.status}: ${await response.text()}`);
    const done = (await response.json()) as Tidied;
    hasMore = done.hasMore && done.into + done.summaries > 0;
  }
}
