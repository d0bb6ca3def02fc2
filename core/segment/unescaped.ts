const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** By the letter that follows a backslash. */
const ESCAPES = new Map(
  [...'"\\/bfnrt'].map((letter, at) => [letter.charCodeAt(0), '"\\/\b\f\n\r\t'.charCodeAt(at)] as const),
);
/** U+FFFD, which stands for half a pair of surrogates. */
const REPLACEMENT = 0xfffd;

/** UTF-8 of a JSON text, without its escapes. */
export class Unescaped {
  bytes = new Uint8Array(256);
  length = 0;

  /** Reads from behind the opening quote, answers where the closing one ends. Throws a SyntaxError where there is none. */
  read(from: Uint8Array, start: number): number {
    this.length = 0;
    for (let at = start; at < from.length; at++) {
      const unit = from[at]!;
      if (unit === QUOTE) return at + 1;
      if (unit !== BACKSLASH) {
        this.#byte(unit);
        continue;
      }
      const letter = from[++at]!;
      if (letter === LETTER_U) {
        const high = hexAt(from, at + 1);
        at += 4;
        const low = isHigh(high) && from[at + 1] === BACKSLASH && from[at + 2] === LETTER_U ? hexAt(from, at + 3) : 0;
        if (isLow(low)) {
          at += 6;
          this.#codePoint(0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff));
        } else this.#codePoint(isHigh(high) || isLow(high) ? REPLACEMENT : high);
      } else {
        const meant = ESCAPES.get(letter);
        if (meant === undefined) throw new SyntaxError(`malformed JSON: no such escape at byte ${at}`);
        this.#byte(meant);
      }
    }
    throw new SyntaxError("malformed JSON: a text has no end");
  }

  #codePoint(point: number): void {
    if (point < 0x80) this.#byte(point);
    else {
      const rest = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      this.#byte(((0xf0 << (3 - rest)) & 0xff) | (point >> (6 * rest)));
      for (let at = rest - 1; at >= 0; at--) this.#byte(0x80 | ((point >> (6 * at)) & 0x3f));
    }
  }

  #byte(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(this.bytes.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte;
  }
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Of four digits. */
function hexAt(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let digit = at; digit < at + 4; digit++) {
    const unit = bytes[digit]! | 0x20;
    const number = unit >= 0x61 ? unit - 0x57 : unit - 0x30;
    if (!(number >= 0 && number < 16)) throw new SyntaxError(`malformed JSON: no number at byte ${digit}`);
    value = value * 16 + number;
  }
  return value;
}
