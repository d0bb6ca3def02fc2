/**
 * Decompresses a raw snappy block (not the framed format); undefined where it is broken or would be longer than `maxBytes`.
 *
 * Source: https://github.com/google/snappy/blob/main/format_description.txt
 */
export function snappyDecoded(block: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const header = lengthAt(block);
  if (header === undefined || header.length > maxBytes) return undefined;
  const out = new Uint8Array(header.length);
  let at = header.next;
  let to = 0;
  while (at < block.length) {
    const tag = block[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      const size = tag >> 2;
      const extra = size < 60 ? 0 : size - 59;
      const length = (extra === 0 ? size : littleEndian(block, at, extra)) + 1;
      at += extra;
      if (at + length > block.length || to + length > out.length) return undefined;
      out.set(block.subarray(at, at + length), to);
      at += length;
      to += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    if (at + width > block.length) return undefined;
    const offset = kind === 1 ? ((tag >> 5) << 8) | block[at]! : littleEndian(block, at, width);
    at += width;
    if (offset === 0 || offset > to || to + length > out.length) return undefined;
    copyWithin(out, to, offset, length);
    to += length;
  }
  return to === out.length ? out : undefined;
}

/** A copy may reach into what it writes itself: that is how runs are said. */
function copyWithin(out: Uint8Array, to: number, offset: number, length: number): void {
  if (offset >= length) out.copyWithin(to, to - offset, to - offset + length);
  else for (let i = 0; i < length; i++) out[to + i] = out[to + i - offset]!;
}

function lengthAt(block: Uint8Array): { length: number; next: number } | undefined {
  let length = 0;
  for (let at = 0; at < 5 && at < block.length; at++) {
    length += (block[at]! & 0x7f) * 2 ** (7 * at);
    if (block[at]! < 0x80) return { length, next: at + 1 };
  }
  return undefined;
}

function littleEndian(block: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = width - 1; i >= 0; i--) value = value * 256 + (block[at + i] ?? 0);
  return value;
}
