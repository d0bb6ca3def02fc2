import type { Level } from "../../core/record.ts";

/** A record as it is given to a sender. */
export interface Sent {
  n: number;
  /** Epoch microseconds. */
  timeUs: number;
  level: Level;
  message: string;
  fields: { order: string; amount: number; user: string };
}

/** Not a whole number of milliseconds, so that what a sender rounds is seen. */
const STEP_US = 7_013;

/** Records with every level in turn, each with a time, an order and a message of its own. */
export function sentRecords(count: number, levels: readonly Level[], nowMs: number): Sent[] {
  const startUs = (nowMs - 60_000) * 1_000 + 123;
  return Array.from({ length: count }, (_, n) => ({
    n,
    timeUs: startUs + n * STEP_US,
    level: levels[n % levels.length]!,
    message: `order ${n} was paid "in full"`,
    fields: { order: `o-${n}`, amount: n + 0.5, user: `u${n % 10}` },
  }));
}

/** ISO 8601 in UTC with 3 or 6 digits of a second. */
export function isoOf(timeUs: number, digits: 3 | 6): string {
  const iso = new Date(Math.floor(timeUs / 1_000)).toISOString();
  const micros = timeUs % 1_000;
  return digits === 3 || micros === 0 ? iso : `${iso.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
}
