import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { untilStored } from "../../../bench/api.ts";
import { startServer } from "../../../bench/with-server.ts";
import { COLD, HOT } from "./jobs.ts";
import { send } from "./send.ts";
import { visitLines } from "./visit-lines.ts";

const LINES = 6_000;
/** The last seq of those that were received before `halfMs`. */
export const FIRST_HALF = LINES / 2;
/** Each is a message and, where there are no hot rows, an object of its own. */
const BATCHES = 12;

/** A state on disk from which rounds begin, and what they have to know of it. */
export interface PreparedState {
  stateDir: string;
  /** Beginning of the first of the days that the lines are of. */
  fromMs: number;
  days: number;
  /** After the first half of the lines was received, before the second. */
  halfMs: number;
  receivedMs: number;
  seed: number;
}

/** Starts a server, fills it, and stops it in peace. */
export async function prepareState(rootDir: string, seed: number): Promise<PreparedState> {
  const stateDir = join(rootDir, "prepared");
  mkdirSync(stateDir);
  const server = await startServer({ mode: "faulty", stateDir });
  try {
    await send(server, "PUT", `/api/services/${COLD}`, { hotDays: 0 });
    const { fromMs, days, lines } = visitLines(seed, LINES, Date.now());
    let halfMs = 0;
    for (let batch = 0; batch < BATCHES; batch++) {
      if (batch === BATCHES / 2) halfMs = await pause();
      const size = LINES / BATCHES;
      const sent = lines.slice(batch * size, (batch + 1) * size);
      for (const service of [HOT, COLD]) {
        await send(server, "POST", `/ingest/${service}`, sent.join("\n"));
        // One message a batch: those that wait for one another travel together.
        await untilStored(server, service, (batch + 1) * size);
      }
    }
    return { stateDir, fromMs, days, halfMs, receivedMs: Date.now(), seed };
  } finally {
    await server.stop();
  }
}

/** A moment that is between two batches by every clock. */
async function pause(): Promise<number> {
  await sleep(50);
  const halfMs = Date.now();
  await sleep(50);
  return halfMs;
}
