import type { ServiceJson } from "../../core/live/frames.ts";

export type Health = "ok" | "failing" | "behind" | "quiet";

export const HEALTH_WORDS: Record<Health, string> = {
  ok: "receiving, nothing unusual",
  failing: "many errors in the last minute",
  behind: "the database is behind",
  quiet: "no line in the last minute",
};

/** Fewer errors than this are an accident. */
const LEAST_ERRORS = 5;
const FAILING_SHARE = 0.05;
/** Ordinary delivery takes 1-2 seconds. */
const BEHIND_MS = 10_000;
const RECENT_SECONDS = 60;

export function healthOf({ seconds, lagMs }: ServiceJson, atMs: number): Health {
  const { count, errors } = recentOf(seconds, atMs);
  if (errors >= LEAST_ERRORS && errors / count >= FAILING_SHARE) return "failing";
  if (lagMs >= BEHIND_MS) return "behind";
  return count === 0 ? "quiet" : "ok";
}

/** Share of errors in the last minute; undefined when there was no line. */
export function recentErrorRate(seconds: ServiceJson["seconds"], atMs: number): number | undefined {
  const { count, errors } = recentOf(seconds, atMs);
  return count === 0 ? undefined : errors / count;
}

function recentOf(seconds: ServiceJson["seconds"], atMs: number): { count: number; errors: number } {
  const sum = { count: 0, errors: 0 };
  for (const [second, count, errors] of seconds) {
    if (second < atMs / 1_000 - RECENT_SECONDS) continue;
    sum.count += count;
    sum.errors += errors;
  }
  return sum;
}
