import { LENGTH_BYTES } from "../segment/parquet/plain-texts.ts";
import { NO_TEXT } from "../segment/parquet/write-chunk.ts";
import type { TextCoder } from "../segment/text-coder.ts";
import type { DistinctSketch } from "./distinct-sketch.ts";
import { HeavyHitters, highestLetGo, MAX_VALUE_CHARS, Tally } from "./heavy-hitters.ts";
import { asciiHash, textHash } from "./text-hash.ts";

/** How often each text of a column occurs among some rows. One of it counts column after column. */
export class CodeCounts {
  #column: TextCoder | undefined;
  #counts = new Uint32Array(1_024);
  /** Numbers of the texts that occur, in the order in which they came. */
  #codes: number[] = [];

  /** @param unless rows that have a text in this column are left out */
  count(column: TextCoder, rows: readonly number[], unless?: TextCoder): void {
    for (const code of this.#codes) this.#counts[code] = 0;
    this.#codes = [];
    this.#column = column;
    const { count } = column.dictionary;
    if (count === 0) return;
    if (count > this.#counts.length) this.#counts = new Uint32Array(count * 2);
    const counts = this.#counts;
    const skips = unless !== undefined && unless.dictionary.count > 0;
    for (const row of rows) {
      const code = column.at(row);
      if (code === NO_TEXT || (skips && unless.at(row) !== NO_TEXT)) continue;
      if (counts[code]!++ === 0) this.#codes.push(code);
    }
  }

  isEmpty(): boolean {
    return this.#codes.length === 0;
  }

  *all(): Generator<[text: string, count: number]> {
    for (const code of this.#codes) yield [this.#column!.textOf(code), this.#counts[code]!];
  }

  /** What `HeavyHitters.cut(capacity)` makes of them, without reading the texts that it would let go. */
  hitters(capacity: number): HeavyHitters {
    const hitters = new HeavyHitters();
    const counts = Float64Array.from(this.#codes, (code) => this.#counts[code]!);
    for (const count of counts) hitters.total += count;
    const best = counts.length <= capacity ? 0 : highestLetGo(counts, capacity);
    let places = capacity;
    for (const count of counts) if (count > best) places--;
    hitters.missed = best;
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at]!;
      if (count < best || (count === best && places-- <= 0)) continue;
      const text = this.#column!.textOf(this.#codes[at]!);
      const known = hitters.tallies.get(text);
      if (known) known.count += count;
      else if (text.length > MAX_VALUE_CHARS) hitters.long += count;
      else hitters.tallies.set(text, new Tally(text, count, best));
    }
    return hitters;
  }

  /** Every text that occurs. */
  addTo(sketch: DistinctSketch): void {
    if (this.isEmpty()) return;
    const { page, starts } = this.#column!.dictionary.texts();
    for (const code of this.#codes)
      sketch.add(
        asciiHash(page, starts[code]! + LENGTH_BYTES, starts[code + 1]!) ?? textHash(this.#column!.textOf(code)),
      );
  }
}
