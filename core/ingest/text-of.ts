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

/** Of a hundred bytes of text hardly one is a control character other than tab, line feed, form feed, return and escape. */
const MAX_CONTROL_SHARE = 0.05;

/** Whether a body is no text, by its first bytes. Text in an old encoding is text: it is kept, with U+FFFD for what is not UTF-8. */
export function isBinary(body: Uint8Array): boolean {
  if ((body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff)) return false;
  const length = Math.min(body.length, SAMPLE_BYTES);
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = body[i]!;
    if (byte === 0) return true;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls++;
  }
  return controls > length * MAX_CONTROL_SHARE;
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
