import { BitReader, BitWriter } from "./bit-text.ts";

export function countsText(counts: readonly number[]): string {
  const writer = new BitWriter();
  for (const count of counts) writer.count(count);
  return writer.text();
}

/** Reads what `countsText` wrote; undefined when it is no such text, or of more counts. */
export function countsOf(text: unknown, maxLength: number): number[] | undefined {
  if (typeof text !== "string") return undefined;
  const reader = new BitReader(text);
  const counts: number[] = [];
  while (!reader.isDone()) {
    counts.push(reader.count());
    if (reader.isBad || counts.length > maxLength) return undefined;
  }
  return counts;
}

/** Characters of one count: five bits each. */
export function countChars(count: number): number {
  let chars = 1;
  for (let rest = count; rest >= 32; rest /= 32) chars++;
  return chars;
}

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export const isAmount = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
