const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT_OF = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 64; digit++) DIGIT_OF[ALPHABET.charCodeAt(digit)] = digit;

/** Writes small integers as bits, six a character (base64url digits): text that JSON need not escape. */
export class BitWriter {
  #text = "";
  #digit = 0;
  #free = 6;

  bit(bit: number): void {
    this.#free--;
    this.#digit |= bit << this.#free;
    if (this.#free === 0) {
      this.#text += ALPHABET[this.#digit];
      this.#digit = 0;
      this.#free = 6;
    }
  }

  /** The low `count` bits of an integer below 2^32, highest first. */
  bits(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.bit((value >>> i) & 1);
  }

  /** Rice code: short for integers around 2^k. */
  rice(value: number, k: number): void {
    for (let i = Math.floor(value / 2 ** k); i > 0; i--) this.bit(1);
    this.bit(0);
    this.bits(value, k);
  }

  /** Any integer from 0 to 2^53 - 1, five bits at a time, lowest first, each with a bit that says whether more follow. */
  count(value: number): void {
    let rest = value;
    for (; rest >= 32; rest = Math.floor(rest / 32)) this.bits(32 | (rest % 32), 6);
    this.bits(rest, 6);
  }

  text(): string {
    return this.#free === 6 ? this.#text : this.#text + ALPHABET[this.#digit];
  }
}

/** Reads what BitWriter wrote. Past the end, and on a character that is no digit, everything is 0 and `isBad` true. */
export class BitReader {
  isBad = false;
  readonly #text: string;
  #at = 0;
  #digit = 0;
  #left = 0;

  constructor(text: string) {
    this.#text = text;
  }

  bit(): number {
    if (this.#left === 0) {
      const digit = this.#at < this.#text.length ? (DIGIT_OF[this.#text.charCodeAt(this.#at++)] ?? -1) : -1;
      if (digit < 0) {
        this.isBad = true;
        return 0;
      }
      this.#digit = digit;
      this.#left = 6;
    }
    this.#left--;
    return (this.#digit >>> this.#left) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  rice(k: number): number {
    let high = 0;
    while (this.bit() === 1) high++;
    return high * 2 ** k + this.bits(k);
  }

  count(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 32) {
      const part = this.bits(6);
      value += (part % 32) * scale;
      if (part < 32) break;
      if (scale > 2 ** 53) {
        this.isBad = true;
        return 0;
      }
    }
    if (!Number.isSafeInteger(value)) this.isBad = true;
    return value;
  }

  /** Nothing but the zero bits that fill the last character is left. */
  isDone(): boolean {
    return !this.isBad && this.#at === this.#text.length && (this.#digit & ((1 << this.#left) - 1)) === 0;
  }
}
