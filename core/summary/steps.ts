import type { SummaryLimits } from "./cut-summary.ts";

/** What a part can cover: a minute, an hour or a day of UTC. */
export const STEPS_MS = [60_000, 3_600_000, 86_400_000] as const;
export type StepMs = (typeof STEPS_MS)[number];

/** What can be rolled up: ten minutes too, the step of a day's chart and what sticks out of the hours of a range. */
export const ROLLUP_STEPS_MS = [600_000, 3_600_000, 86_400_000] as const;
export type RollupStepMs = (typeof ROLLUP_STEPS_MS)[number];

/** Dimensions with so many values that more of them are kept. */
const OPEN: ReadonlySet<string> = new Set(["path", "pathTemplate", "ip", "referrer"]);

const LIMITS: Record<StepMs | RollupStepMs, SummaryLimits> = {
  // 8 KB: a service that logs all day long takes 12 MB a day, whatever its lines are.
  60000: { capacity: (dimension) => (OPEN.has(dimension) ? 128 : 64), maxBytes: 8 * 1024 },
  // A part of an hour keeps no less than the hour does of it: 3.5 MB a day at most, of ordinary lines 1.3 MB.
  600000: { capacity: () => 1_000, maxBytes: 24 * 1024 },
  // Longer ones so that the exact counts of quiet minutes stay exact: 1.5 MB a day, and 23 MB a year.
  3600000: { capacity: () => 1_000, maxBytes: 64 * 1024 },
  86400000: { capacity: () => 1_000, maxBytes: 64 * 1024 },
};

export const limitsOf = (stepMs: StepMs | RollupStepMs): SummaryLimits => LIMITS[stepMs];
