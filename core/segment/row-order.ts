/** Columns that say where a row belongs. */
export interface OrderColumns {
  time: Float64Array;
  shard: Float64Array;
  seq: Float64Array;
}

/**
 * Rows by time, shard and seq; undefined where they stand so already.
 *
 * Packs that came one after the other are in order within themselves, so what is in order already is merged, two and two.
 */
export function rowOrder({ time, shard, seq }: OrderColumns): Uint32Array | undefined {
  const { length } = time;
  const isBefore = (a: number, b: number): boolean =>
    time[a]! < time[b]! ||
    (time[a] === time[b] && (shard[a]! < shard[b]! || (shard[a] === shard[b] && seq[a]! < seq[b]!)));
  let starts = [0];
  for (let row = 1; row < length; row++) if (isBefore(row, row - 1)) starts.push(row);
  if (starts.length === 1) return undefined;
  let from = Uint32Array.from({ length }, (_, row) => row);
  let into = new Uint32Array(length);
  while (starts.length > 1) {
    const merged: number[] = [];
    for (let at = 0; at < starts.length; at += 2) {
      const start = starts[at]!;
      const middle = starts[at + 1] ?? length;
      const end = starts[at + 2] ?? length;
      merged.push(start);
      let [left, right] = [start, middle];
      for (let to = start; to < end; to++) {
        const takesRight = left === middle || (right < end && isBefore(from[right]!, from[left]!));
        into[to] = takesRight ? from[right++]! : from[left++]!;
      }
    }
    starts = merged;
    [from, into] = [into, from];
  }
  return from;
}
