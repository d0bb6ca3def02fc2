/** Chance that repeats: the same seed gives the same sequence on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 (included) to 1 (excluded). The generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** 0 (included) to `limit` (excluded). */
  int(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.int(items.length)]!;
  }

  /** Log-normal with this median: the shape of response times and body sizes. `spread` is the sigma of the logarithm. */
  around(median: number, spread: number): number {
    const gauss = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(spread * gauss);
  }

  /** Lower-case hexadecimal digits. */
  hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += this.int(0x1_0000).toString(16).padStart(4, "0");
    return text.slice(0, digits);
  }
}

/** Picks an index with a probability in proportion to its weight. */
export function weightedIndex(weights: readonly number[]): (random: Random) => number {
  const upTo = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < upTo.length; i++) {
    sum += weights[i]!;
    upTo[i] = sum;
  }
  return (random) => {
    const at = random.next() * sum;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Weights of `count` things where the n-th is asked for in proportion to 1/n^exponent, as pages and visitors are. */
export const zipfWeights = (count: number, exponent: number): number[] =>
  Array.from({ length: count }, (_, i) => 1 / (i + 1) ** exponent);
