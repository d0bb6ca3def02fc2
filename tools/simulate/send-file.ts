import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../clients/js/options.ts";
import { linesOfFile } from "../sending/lines-of.ts";
import type { Meter } from "../sending/meter.ts";
import { replay } from "./replay.ts";
import { timeIn } from "./time-in.ts";

export interface ReplayFileOptions {
  file: string;
  /** May be Infinity. */
  speed: number;
  now: boolean;
  signal: AbortSignal;
}

/** Sends the lines of a file at the pace of their own times. */
export async function sendFile(client: Client, meter: Meter, options: ReplayFileOptions): Promise<void> {
  const { file, speed, now, signal } = options;
  const lastMs = now && !Number.isFinite(speed) ? await latestTimeIn(file) : undefined;
  const next = replay({ speed, retime: now, startMs: Date.now(), lastMs });
  for await (const lines of linesOfFile(file)) {
    for (const text of lines) {
      if (signal.aborted) return;
      if (text.trim() === "") continue;
      const { line, dueMs } = next(text);
      const waitMs = dueMs - Date.now();
      if (waitMs > 1) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      meter.sent();
      await client.send(line);
    }
  }
}

async function latestTimeIn(file: string): Promise<number | undefined> {
  let latest: number | undefined;
  for await (const lines of linesOfFile(file)) {
    for (const line of lines) {
      const tsMs = timeIn(line)?.tsMs;
      if (tsMs !== undefined && (latest === undefined || tsMs > latest)) latest = tsMs;
    }
  }
  return latest;
}
