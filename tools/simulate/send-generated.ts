import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../clients/js/options.ts";
import type { Meter } from "../sending/meter.ts";
import { lineSource } from "./lines.ts";
import { linesDue, loadOf } from "./pace.ts";
import type { Site } from "./sites/site.ts";

/** Short enough that a second looks even, long enough that a tick costs nothing. */
const TICK_MS = 20;

export interface GenerateOptions {
  site: Site;
  seed: number;
  /** Lines a second. */
  rate: number;
  /** May be Infinity. */
  seconds: number;
  steady: boolean;
  signal: AbortSignal;
}

/** Sends generated lines at their pace. A server that is slower than the pace gets them all, later. */
export async function sendGenerated(client: Client, meter: Meter, options: GenerateOptions): Promise<void> {
  const { site, seed, rate, seconds, steady, signal } = options;
  const startMs = Date.now();
  const source = lineSource(site, seed, startMs);
  const load = loadOf(seed, steady);
  const total = Math.round(rate * seconds);
  for (let made = 0; made < total && !signal.aborted; ) {
    const due = linesDue(Date.now() - startMs, rate, seconds, load);
    for (; made < due && !signal.aborted; made++) {
      meter.sent();
      await client.send(source.next(Date.now()));
    }
    await sleep(TICK_MS);
  }
}
