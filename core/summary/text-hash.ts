/** 32 bits of a text, evenly spread: MurmurHash3 (public domain) over pairs of UTF-16 units. */
export function textHash(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i += 2) {
    let pair = text.charCodeAt(i);
    if (i + 1 < text.length) pair |= text.charCodeAt(i + 1) << 16;
    hash = mixedIn(hash, pair);
  }
  return finished(hash);
}

/** `textHash` of a text that stands in UTF-8, undefined where not all of it is ASCII. */
export function asciiHash(bytes: Uint8Array, from: number, to: number): number | undefined {
  let hash = to - from;
  let seen = 0;
  for (let at = from; at < to; at += 2) {
    let pair = bytes[at]!;
    if (at + 1 < to) pair |= bytes[at + 1]! << 16;
    seen |= pair;
    hash = mixedIn(hash, pair);
  }
  return (seen & 0x800080) === 0 ? finished(hash) : undefined;
}

function mixedIn(hash: number, given: number): number {
  let pair = Math.imul(given, 0xcc9e2d51);
  pair = Math.imul((pair << 15) | (pair >>> 17), 0x1b873593);
  const mixed = hash ^ pair;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(given: number): number {
  let hash = Math.imul(given ^ (given >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
