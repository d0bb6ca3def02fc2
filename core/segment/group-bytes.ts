import type { Footer } from "./parquet/footer.ts";
import { PIECE_BYTES } from "./parquet/text-values.ts";

/** Bytes of a number, and at most of the number of a text and of where it stands, for each row. */
const NUMBER_BYTES = 8;
const TEXT_BYTES = 4;

/** What a row group takes in memory with all of its columns decoded, at most about. */
export function groupBytes({ columns, groups }: Footer, at: number): number {
  const { rows, chunks } = groups[at]!;
  let sum = 0;
  for (const [place, { type }] of columns.entries()) {
    const chunk = chunks[place];
    if (chunk === undefined) continue;
    const { bytes, plainBytes, nulls, values } = chunk;
    if (type !== "text") sum += rows * NUMBER_BYTES;
    else if (nulls < values) sum += bytes + plainBytes + Math.min(plainBytes, PIECE_BYTES) + rows * TEXT_BYTES;
  }
  return sum;
}
