/** Different numbers of a column, and of each row the place of its number among them. */
export interface NumberCodes {
  values: Float64Array;
  codes: Uint32Array;
}

const number = new Float64Array(1);
const halves = new Int32Array(number.buffer);

/** Undefined where there are more different numbers than `limit`. A Map of numbers takes five times as long. */
export function numberCodes(numbers: Float64Array, limit: number): NumberCodes | undefined {
  const most = Math.min(Math.floor(limit), numbers.length);
  const values = new Float64Array(most);
  const codes = new Uint32Array(numbers.length);
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(most * 2)));
  const mask = slots.length - 1;
  let count = 0;
  let last = Number.NaN;
  let lastCode = 0;
  for (let at = 0; at < numbers.length; at++) {
    const value = numbers[at]!;
    if (value !== last) {
      number[0] = value;
      const hash = Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), 0x9e3779b1);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0 && values[slots[slot]! - 1] !== value) slot = (slot + 1) & mask;
      if (slots[slot] === 0) {
        if (count === most) return undefined;
        values[count++] = value;
        slots[slot] = count;
      }
      last = value;
      lastCode = slots[slot]! - 1;
    }
    codes[at] = lastCode;
  }
  return { values: values.subarray(0, count), codes };
}
