export type Encoding = "gzip" | "zlib" | "zstd";

/**
 * How a body is compressed, by its first bytes; undefined where it is not.
 *
 * Headers are not asked: graypy says `gzip,deflate` over zlib data, and proxies decompress without changing the header.
 * Sources: RFC 1952 §2.3.1, RFC 1950 §2.2 (the header is a multiple of 31), RFC 8878 §3.1.1.
 */
export function encodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes.length < 4) return undefined;
  const [first, second, third, fourth] = bytes as unknown as [number, number, number, number];
  if (first === 0x1f && second === 0x8b && third === 8) return "gzip";
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return "zstd";
  // Window sizes of 256 bytes to 32 KB; text that begins with `x` goes on with a letter that does not fit the check.
  if ((first & 0x0f) === 8 && first <= 0x78 && ((first << 8) | second) % 31 === 0 && isZlibLevel(second)) return "zlib";
  return undefined;
}

/** No preset dictionary (bit 5): nobody could read it. */
const isZlibLevel = (flags: number): boolean => (flags & 0x20) === 0;
