export type Encoding = "gzip" | "zlib" | "zstd";

const ESCAPE = 0x1b;

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
  return isZlib(first, second, bytes) ? "zlib" : undefined;
}

/** A window of 256 bytes to 32 KB, a header that is a multiple of 31, no preset dictionary. */
function isZlib(first: number, second: number, bytes: Uint8Array): boolean {
  if ((first & 0x0f) !== 8 || first > 0x78 || ((first << 8) | second) % 31 !== 0 || (second & 0x20) !== 0) return false;
  // Some headers are text as well (`x^`, `hC`, `8O`): then what follows must not be.
  return second < 32 || second > 126 || !isText(bytes.subarray(2, 34));
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 without control characters but those of white space and of colours. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte === 0x7f || (byte < 32 && byte !== ESCAPE && !(byte >= 9 && byte <= 13)))) return false;
  try {
    decoder.decode(bytes.subarray(0, endOfWhole(bytes)));
    return true;
  } catch {
    return false;
  }
}

/** Where the last character begins, if it is not ASCII: it may be cut off. */
function endOfWhole(bytes: Uint8Array): number {
  for (let end = bytes.length - 1; end >= 0 && end >= bytes.length - 4; end--) {
    if (bytes[end]! >= 0xc0) return end;
    if (bytes[end]! < 0x80) break;
  }
  return bytes.length;
}
