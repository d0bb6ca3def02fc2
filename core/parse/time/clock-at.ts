const COLON = 58;

/** Two digits; negative where they are none, even with another pair's value added. */
export function pairAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -10_000;
}

/**
 * Milliseconds of `10:05:03` at an index; NaN if no such clock time stands there.
 *
 * A leap second is left to the general reader, because it could not be written back.
 */
export function clockMsAt(text: string, at: number): number {
  const hour = pairAt(text, at);
  const minute = pairAt(text, at + 3);
  const second = pairAt(text, at + 6);
  const isClock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!isClock || text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1_000;
}
