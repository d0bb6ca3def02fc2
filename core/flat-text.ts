/** Shorter slices are copies already. */
const MIN_SLICE = 13;

/**
 * The same text apart from the longer one that it was cut out of: a slice keeps all of a request's body in memory, and
 * is slow to read and to compare.
 *
 * V8 puts two texts together lazily, and in one piece as soon as a character of theirs is looked at.
 */
export function flatText(text: string): string {
  if (text.length < MIN_SLICE) return text;
  const joined = text.slice(0, 1) + text.slice(1);
  // Used, so that it is not optimised away.
  return joined.charCodeAt(0) >= 0 ? joined : text;
}
