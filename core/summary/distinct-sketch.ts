/** Up to so many values are counted exactly, by their hashes. */
export const EXACT_LIMIT = 256;
/** The relative standard error is 0.65 / √rows: 1.0 %. */
export const MAX_ROWS = 4096;
/** 2.0 %: `fold` goes no further. */
export const MIN_ROWS = 1024;
const ROW_BITS = 12;
/** A hash gives 12 bits to its row and 20 to its column. */
export const COLUMNS = 33 - ROW_BITS;

/**
 * How many different values there were, from their 32-bit hashes: exact up to 256, then with a relative standard error of 1 %.
 *
 * Probabilistic counting (Flajolet and Martin 1985) read by maximum likelihood (Ertl 2017): a hash sets one bit of a matrix,
 * column c with probability 2^-(c+1). Compressed for storage it is a third smaller than a HyperLogLog of the same error
 * (Lang, "Back to the Future", 2017), and it needs no corrections for small counts. Its state depends on the set of
 * hashes (and the rows left by `fold`) alone, so a merge is exactly that of all values together.
 */
export class DistinctSketch {
  /** The hashes themselves while they are few, else undefined. */
  hashes: Set<number> | undefined = new Set();
  /** Column by column, a bit a row: set once a hash of that row and column was seen. */
  matrix: Uint32Array | undefined = undefined;

  add(hash: number): void {
    if (this.matrix !== undefined) mark(this.matrix, hash);
    else if (this.hashes!.add(hash).size > EXACT_LIMIT) this.#toMatrix();
  }

  mergeIn(other: DistinctSketch): void {
    if (other.matrix === undefined) {
      for (const hash of other.hashes!) this.add(hash);
      return;
    }
    this.#toMatrix();
    while (this.matrix!.length > other.matrix.length) this.fold();
    let theirs = other.matrix;
    while (theirs.length > this.matrix!.length) theirs = folded(theirs);
    for (let word = 0; word < theirs.length; word++) this.matrix![word]! |= theirs[word]!;
  }

  /** Halves the text of a large sketch; its error grows by √2. */
  fold(): void {
    if (this.matrix !== undefined && rowsIn(this.matrix) > MIN_ROWS) this.matrix = folded(this.matrix);
  }

  isEmpty(): boolean {
    return this.matrix === undefined && this.hashes!.size === 0;
  }

  #toMatrix(): void {
    if (this.matrix !== undefined) return;
    this.matrix = new Uint32Array((COLUMNS * MAX_ROWS) / 32);
    for (const hash of this.hashes!) mark(this.matrix, hash);
    this.hashes = undefined;
  }
}

export const rowsIn = (matrix: Uint32Array): number => (matrix.length * 32) / COLUMNS;

function mark(matrix: Uint32Array, hash: number): void {
  const rows = rowsIn(matrix);
  const row = (hash >>> (32 - ROW_BITS)) & (rows - 1);
  const column = Math.min(Math.clz32(hash << ROW_BITS), COLUMNS - 1);
  matrix[(column * rows + row) >>> 5]! |= 1 << (row & 31);
}

/** The rows of the upper half fall onto those of the lower half, as `mark` puts them with half the rows. */
function folded(matrix: Uint32Array): Uint32Array {
  const half = rowsIn(matrix) / 64;
  const target = new Uint32Array(matrix.length / 2);
  for (let word = 0; word < target.length; word++) {
    const at = word + Math.floor(word / half) * half;
    target[word] = matrix[at]! | matrix[at + half]!;
  }
  return target;
}
