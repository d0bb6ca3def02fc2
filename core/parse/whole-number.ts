const ZERO = 48;

/** More digits than a safe integer has. */
const MAX_DIGITS = 15;

/** The number of a text of digits alone; -1 for any other text, and for one too long to be exact. */
export function wholeNumberOf(text: string): number {
  if (text.length === 0 || text.length > MAX_DIGITS) return -1;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
