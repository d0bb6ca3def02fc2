/** The numbers of a column, by row; NaN where a row has none. */
export class NumberList {
  #numbers = new Float64Array(4_096).fill(Number.NaN);

  put(row: number, value: number): void {
    if (row >= this.#numbers.length) this.#grow(row + 1);
    this.#numbers[row] = value;
  }

  at(row: number): number {
    return row < this.#numbers.length ? this.#numbers[row]! : Number.NaN;
  }

  /** The column of these rows, in this order. */
  take(order: Uint32Array): Float64Array {
    const taken = new Float64Array(order.length);
    for (let at = 0; at < order.length; at++) taken[at] = this.at(order[at]!);
    return taken;
  }

  #grow(length: number): void {
    const grown = new Float64Array(Math.max(length, this.#numbers.length * 2)).fill(Number.NaN);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
