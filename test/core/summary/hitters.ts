import fc from "fast-check";
import { HeavyHitters, MAX_VALUE_CHARS } from "../../../core/summary/heavy-hitters.ts";

export const LONG = "l".repeat(MAX_VALUE_CHARS + 1);

export function hittersFrom(values: readonly string[], capacity = Number.POSITIVE_INFINITY): HeavyHitters {
  const hitters = new HeavyHitters();
  values.forEach((value, i) => {
    if (i % 2 === 0) hitters.add(value);
    else hitters.addRepeated(value);
  });
  hitters.cut(capacity);
  return hitters;
}

/** Values of which some are frequent. */
export const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "c") },
  { weight: 4, arbitrary: fc.nat({ max: 30 }).map(String) },
  { weight: 1, arbitrary: fc.constant(LONG) },
);
export const anyBatches = fc.array(
  fc.record({ values: fc.array(anyValue, { maxLength: 60 }), capacity: fc.integer({ min: 0, max: 12 }) }),
  { maxLength: 6 },
);

/** Batches that were cut, then merged one after the other, and cut at times. */
export function mergedOf(batches: { values: string[]; capacity: number }[]): HeavyHitters {
  const merged = new HeavyHitters();
  for (const [index, { values, capacity }] of batches.entries()) {
    merged.mergeIn(hittersFrom(values, capacity));
    if (index % 2 === 1) merged.cut(8);
  }
  return merged;
}
