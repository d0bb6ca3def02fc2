/** The numbers of a column, by row; NaN where a row has none. */
export class NumberList {
  #numbers = new Float64Array(0);

  put(row: number, value: number): void {
    if (row >= this.#numbers.length) this.#grow(row + 1);
    this.#numbers[row] = value;
  }

  at(row: number): number {
    return row < this.#numbers.length ? this.#numbers[row]! : Number.NaN;
  }

  /**
   * The column of these rows in this order; undefined where no row has a number.
   *
   * @param order undefined: all rows up to `count`, as they are
   */
  take(order: Uint32Array | undefined, count: number): Float64Array | undefined {
    if (this.#numbers.length === 0) return undefined;
    if (this.#numbers.length < count) this.#grow(count);
    if (order === undefined) return this.#numbers.subarray(0, count);
    const own = this.#numbers;
    const taken = new Float64Array(order.length);
    for (let at = 0; at < order.length; at++) taken[at] = own[order[at]!]!;
    return taken;
  }

  #grow(length: number): void {
    const grown = new Float64Array(Math.max(length, this.#numbers.length * 2, 64)).fill(Number.NaN);
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
