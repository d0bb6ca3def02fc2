const ids = new Map<string, number>();
/** Texts remembered; real traffic has a few thousand, a flood of invented ones just starts again. */
const MAX_REMEMBERED = 20_000;

/**
 * The number that stands for a user agent text in a row: a 53-bit hash, so that nobody has to ask the database for
 * one. Two texts among a million share a number with a chance of about 1 in 18,000.
 */
export function agentIdOf(text: string): number {
  const known = ids.get(text);
  if (known !== undefined) return known;
  const id = hash53(text);
  if (ids.size >= MAX_REMEMBERED) ids.clear();
  ids.set(text, id);
  return id;
}

/** Two multiplicative 32-bit hashes over the UTF-16 units, mixed into 53 bits. */
function hash53(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
  }
  high = mix(high ^ (low >>> 15));
  low = mix(low ^ (high >>> 13));
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
