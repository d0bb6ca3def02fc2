import { copyBytes } from "./byte-writer.ts";
import { utf8 } from "./utf8.ts";

/** What tells a text's length before it. */
export const LENGTH_BYTES = 4;

/** Texts as Parquet's plain encoding has them, one after the other: a length of four bytes, then UTF-8. */
export interface PlainTexts {
  count: number;
  page: Uint8Array;
  /** Where text n begins, its length first; what follows the last one is at `starts[count]`. */
  starts: Uint32Array;
}

export const NO_TEXTS: PlainTexts = { count: 0, page: new Uint8Array(0), starts: new Uint32Array(1) };

export const textAt = ({ page, starts }: PlainTexts, code: number): string =>
  utf8.decode(page.subarray(starts[code]! + LENGTH_BYTES, starts[code + 1]!));

/** Some of the texts, in the order in which `codes` names them. */
export function pickTexts({ page, starts }: PlainTexts, codes: Uint32Array): PlainTexts {
  const picked = new Uint32Array(codes.length + 1);
  for (let at = 0; at < codes.length; at++)
    picked[at + 1] = picked[at]! + starts[codes[at]! + 1]! - starts[codes[at]!]!;
  const own = new Uint8Array(picked[codes.length]!);
  for (let at = 0; at < codes.length; at++)
    copyBytes(own, picked[at]!, page, starts[codes[at]!]!, starts[codes[at]! + 1]!);
  return { count: codes.length, page: own, starts: picked };
}
