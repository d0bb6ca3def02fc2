import { ok, type Result, refuse } from "./result.ts";

/** A half-open range of epoch milliseconds. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
}

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const RELATIVE = /^(?:now)?(?:([+-])(\d{1,9})([smhdw]))?$/;
/** Times later than this cannot be written as ISO 8601 with four digits. */
const MAX_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A moment as an address gives it: epoch milliseconds, ISO 8601, `now`, `-15m`, `now-1h`. */
export function momentOf(text: string, nowMs: number): Result<number, "invalid_time"> {
  if (/^-?\d{1,16}$/.test(text)) return ok(Math.min(Number(text), MAX_MS));
  const relative = text === "" ? null : RELATIVE.exec(text);
  if (relative) {
    const [, sign, amount, unit] = relative;
    if (!sign) return ok(nowMs);
    return ok(nowMs + (sign === "-" ? -1 : 1) * Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]);
  }
  const ms = /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(/[zZ]|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`)
    : Number.NaN;
  if (Number.isNaN(ms))
    return refuse("invalid_time", "expected epoch milliseconds, ISO 8601, `now` or a relative time such as -15m");
  return ok(ms);
}

/** Steps that people read well, in milliseconds. */
const STEPS_MS = [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000].map(
  (s) => s * 1_000,
);

/** The finest step that cuts a range into at most `maxBuckets`, never under a minute: what summaries can answer. */
export const stepFor = ({ fromMs, toMs }: TimeRange, maxBuckets = 150): number =>
  STEPS_MS.find((step) => step >= 60_000 && (toMs - fromMs) / step <= maxBuckets) ?? STEPS_MS.at(-1)!;
