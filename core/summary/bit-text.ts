/** Six bits a character: the digits of base64url, which JSON need not escape. */
export const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Two digits at a time: half the steps of writing a text. */
const PAIRS = Array.from({ length: 4096 }, (_, pair) => DIGITS[pair >> 6]! + DIGITS[pair & 63]!);
const DIGIT_OF = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 64; digit++) DIGIT_OF[DIGITS.charCodeAt(digit)] = digit;

/** Writes small integers as bits, six a character (the digits of base64url): text that JSON need not escape. */
export class BitWriter {
  #text = "";
  /** The last `#held` bits, fewer than 12, wait for their pair. */
  #bits = 0;
  #held = 0;

  /** The low `count` (at most 16) bits of an integer below 2^16. */
  bits(value: number, count: number): void {
    this.#bits = (this.#bits << count) | value;
    this.#held += count;
    while (this.#held >= 12) {
      this.#held -= 12;
      this.#text += PAIRS[(this.#bits >>> this.#held) & 4095];
    }
    this.#bits &= (1 << this.#held) - 1;
  }

  /** Rice code of an integer below 2^32 (k at most 32): short for integers around 2^k. */
  rice(value: number, k: number): void {
    let high = k < 32 ? value >>> k : 0;
    if (high + 1 + k <= 16) {
      this.bits((((2 << high) - 2) << k) | (value & ((1 << k) - 1)), high + 1 + k);
      return;
    }
    for (; high >= 15; high -= 15) this.bits(0x7fff, 15);
    this.bits((2 << high) - 2, high + 1);
    if (k > 16) this.bits((value >>> 16) & ((1 << (k - 16)) - 1), k - 16);
    this.bits(value & 0xffff & ((1 << Math.min(k, 16)) - 1), Math.min(k, 16));
  }

  /** Any integer from 0 to 2^53 - 1, five bits at a time, lowest first, each with a bit that says whether more follow. */
  count(value: number): void {
    let rest = value;
    for (; rest >= 32; rest = Math.floor(rest / 32)) this.bits(32 | (rest % 32), 6);
    this.bits(rest, 6);
  }

  text(): string {
    if (this.#held === 0) return this.#text;
    const last = PAIRS[(this.#bits << (12 - this.#held)) & 4095]!;
    return this.#text + (this.#held > 6 ? last : last[0]);
  }
}

/** Reads what BitWriter wrote. Past the end, and on a character that is no digit, everything is 0 and `isBad` true. */
export class BitReader {
  isBad = false;
  readonly #text: string;
  #at = 0;
  #bits = 0;
  #held = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** An integer of `count` (at most 16) bits. */
  bits(count: number): number {
    this.#fill();
    if (this.#held < count) {
      this.isBad = true;
      return 0;
    }
    this.#held -= count;
    return (this.#bits >>> this.#held) & ((1 << count) - 1);
  }

  rice(k: number): number {
    this.#fill();
    const ones = this.#onesAhead();
    if (ones + 1 + k > this.#held) return this.#longRice(k);
    this.#held -= ones + 1 + k;
    return (ones << k) | ((this.#bits >>> this.#held) & ((1 << k) - 1));
  }

  #longRice(k: number): number {
    let high = 0;
    for (let ones = this.#onesAhead(); ; ones = this.#onesAhead()) {
      high += ones;
      if (ones < this.#held) {
        this.#held -= ones + 1;
        break;
      }
      this.#held = 0;
      this.#fill();
      if (this.#held === 0) {
        this.isBad = true;
        return 0;
      }
    }
    const middle = k > 16 ? this.bits(k - 16) : 0;
    return high * 2 ** k + middle * 65_536 + this.bits(Math.min(k, 16));
  }

  #onesAhead(): number {
    return Math.min(Math.clz32(~(this.#bits << (32 - this.#held))), this.#held);
  }

  count(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 55; scale *= 32) {
      const part = this.bits(6);
      value += (part & 31) * scale;
      if (part < 32) {
        if (!Number.isSafeInteger(value)) this.isBad = true;
        return value;
      }
    }
    this.isBad = true;
    return 0;
  }

  /** Nothing but the zero bits that fill the last character is left. */
  isDone(): boolean {
    this.#fill();
    return (
      !this.isBad && this.#held < 6 && this.#at >= this.#text.length && (this.#bits & ((1 << this.#held) - 1)) === 0
    );
  }

  /** At least 16 bits are held then, unless the text ends. */
  #fill(): void {
    while (this.#held <= 24 && this.#at < this.#text.length) {
      const digit = DIGIT_OF[this.#text.charCodeAt(this.#at++)] ?? -1;
      if (digit < 0) {
        this.isBad = true;
        this.#at = this.#text.length;
        return;
      }
      this.#bits = (this.#bits << 6) | digit;
      this.#held += 6;
    }
  }
}
