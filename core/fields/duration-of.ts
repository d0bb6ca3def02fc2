/** Milliseconds in each unit that a duration written as text may carry. */
const UNIT_MS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  min: 60_000,
  s: 1_000,
  sec: 1_000,
  seconds: 1_000,
  ms: 1,
  milliseconds: 1,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ns: 1e-6,
};

/** `12ms`, `1.5s`, `1m2.5s` (Go), `250 µs`. */
const PART = /\s*(\d+(?:\.\d+)?|\.\d+)\s*([a-zµμ]+)/y;
const NUMBER = /^\d+(?:\.\d+)?(?:e-?\d+)?$/i;
const CLOCK = /^(\d{1,3}):(\d\d):(\d\d(?:\.\d+)?)$/;

/** Longer text is no duration. */
const MAX_LENGTH = 40;

/** Nanoseconds are kept, the dirt of binary fractions is not. */
const rounded = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/**
 * A time span in milliseconds; undefined where the value is none.
 *
 * @param unitMs milliseconds in one unit of a bare number; a unit in the text wins over it
 */
export function durationOf(value: unknown, unitMs: number): number | undefined {
  if (typeof value === "number") {
    if (!(value >= 0) || value === Number.POSITIVE_INFINITY) return undefined;
    return unitMs === 1 ? value : rounded(value * unitMs);
  }
  if (typeof value !== "string" || value.length > MAX_LENGTH) return undefined;
  if (NUMBER.test(value)) return durationOf(Number(value), unitMs);
  return spanOf(value);
}

function spanOf(text: string): number | undefined {
  const clock = CLOCK.exec(text);
  if (clock) return rounded(Number(clock[1]) * UNIT_MS.h! + Number(clock[2]) * UNIT_MS.m! + Number(clock[3]) * 1_000);
  let ms = 0;
  PART.lastIndex = 0;
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    const part = PART.exec(text);
    const unit = part && UNIT_MS[part[2]!];
    if (!unit) return undefined;
    ms += Number(part[1]) * unit;
  }
  return text === "" ? undefined : rounded(ms);
}
