const utf8 = new TextDecoder();
const utf16le = new TextDecoder("utf-16le");
const utf16be = new TextDecoder("utf-16be");

/** A body as text: UTF-8, or UTF-16 where its first bytes say so. Bytes that are neither become U+FFFD. */
export function textOf(body: Uint8Array): string {
  if (body[0] === 0xff && body[1] === 0xfe) return utf16le.decode(body);
  if (body[0] === 0xfe && body[1] === 0xff) return utf16be.decode(body);
  return utf8.decode(body);
}

/** How much of a body is looked at to tell text from pictures and programs. */
const SAMPLE_BYTES = 4_096;

/** Whether a body is no text: zero bytes near its start, and no UTF-16. */
export function isBinary(body: Uint8Array): boolean {
  if ((body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff)) return false;
  return body.subarray(0, SAMPLE_BYTES).includes(0);
}

/** Below this, putting characters together is faster than a call of the decoder. */
const SHORT = 24;

/** UTF-8 between two positions. */
export function textAt(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > SHORT) return utf8.decode(bytes.subarray(from, to));
  let text = "";
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) return utf8.decode(bytes.subarray(from, to));
    text += String.fromCharCode(byte);
  }
  return text;
}
