import { isDate, monthAt, msOf } from "../time/calendar.ts";
import type { TimeContext } from "../time/read-time.ts";
import { offsetMsOfAbbreviation, utcMsOfLocal } from "../time/zone.ts";
import type { Timestamp } from "../timestamp.ts";

/** A time in the pieces of a pattern (`%Y`, `%H`, `%z`, …), put together once the line is read. */
export class Clock {
  readonly #pieces = new Map<string, string>();

  set(piece: string, text: string): void {
    if (text !== "-") this.#pieces.set(piece, text);
  }

  get isEmpty(): boolean {
    return this.#pieces.size === 0;
  }

  /** undefined where the pieces are no date, or none of them is a number that it should be. */
  timestamp(context: TimeContext): Timestamp | undefined {
    const nanos = this.#number("usec_frac", 0) * 1_000 + this.#number("msec_frac", 0) * 1_000_000 + this.#fraction();
    const ms = this.#epochMs() ?? this.#localMs(context);
    if (ms === undefined || Number.isNaN(ms + nanos)) return undefined;
    const millis = Math.floor(nanos / 1_000_000);
    const subNs = nanos - millis * 1_000_000;
    return subNs === 0 ? { tsMs: ms + millis } : { tsMs: ms + millis, subNs };
  }

  #epochMs(): number | undefined {
    if (this.#pieces.has("s")) return this.#number("s", 0) * 1_000;
    if (this.#pieces.has("ms")) return this.#number("ms", 0);
    return this.#pieces.has("us") ? Math.floor(this.#number("us", 0) / 1_000) : undefined;
  }

  #localMs(context: TimeContext): number | undefined {
    const year = this.#year(context);
    const month = this.#month();
    const day = this.#number("d", this.#number("e", this.#pieces.has("j") ? 1 : Number.NaN));
    if (!isDate(year, month, day)) return undefined;
    const local = msOf(year, month, day, this.#hour(), this.#number("M", 0), this.#number("S", 0));
    const ofYear = this.#pieces.has("j") ? (this.#number("j", 1) - 1) * 86_400_000 : 0;
    return this.#utcMs(local + ofYear, context);
  }

  #year(context: TimeContext): number {
    if (this.#pieces.has("Y")) return this.#number("Y", 0);
    const short = this.#number("y", Number.NaN);
    if (!Number.isNaN(short)) return short + (short < 69 ? 2_000 : 1_900);
    return new Date(context.nowMs).getUTCFullYear();
  }

  #month(): number {
    const name = this.#pieces.get("b") ?? this.#pieces.get("h") ?? this.#pieces.get("B");
    if (name !== undefined) return monthAt(name, 0);
    return this.#number("m", this.#pieces.has("j") ? 1 : Number.NaN);
  }

  #hour(): number {
    const half = this.#number("I", this.#number("l", Number.NaN));
    if (Number.isNaN(half)) return this.#number("H", this.#number("k", 0));
    return (half % 12) + (this.#pieces.get("p")?.toLowerCase() === "pm" ? 12 : 0);
  }

  #utcMs(local: number, context: TimeContext): number | undefined {
    const offset = this.#pieces.get("z");
    if (offset !== undefined) {
      const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(offset) ?? [];
      return sign === undefined
        ? undefined
        : local - (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    }
    const name = this.#pieces.get("Z");
    const named = name === undefined ? undefined : offsetMsOfAbbreviation(name);
    return named === undefined ? utcMsOfLocal(local, context.zone) : local - named;
  }

  #fraction(): number {
    const text = this.#pieces.get("f");
    return text === undefined ? 0 : Number(text.slice(0, 9).padEnd(9, "0"));
  }

  /** NaN for what is no number: it makes the whole time none. */
  #number(piece: string, absent: number): number {
    const text = this.#pieces.get(piece);
    if (text === undefined) return absent;
    return /^ ?\d{1,19}$/.test(text) ? Number(text) : Number.NaN;
  }
}
