/** 32 bits of a text, evenly spread: MurmurHash3 (public domain) over pairs of UTF-16 units. */
export function textHash(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i += 2) {
    let pair = text.charCodeAt(i);
    if (i + 1 < text.length) pair |= text.charCodeAt(i + 1) << 16;
    pair = Math.imul(pair, 0xcc9e2d51);
    pair = Math.imul((pair << 15) | (pair >>> 17), 0x1b873593);
    hash ^= pair;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
