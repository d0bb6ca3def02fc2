import * as fc from "fast-check";

export const NOW_MS = Date.UTC(2026, 10, 22, 12, 0, 0);

/** Everything that means something to LIKE, GLOB, JSON, regular expressions or the language, and letters that fold oddly. */
const PIECES =
  `a|B|ab|AB|b|/api|/API|/|%|_|\\|\\n|"|'|*|?|é|É|😀|K|ı|İ|ß|:|-|(|)|[|]|{|}|<|>|,|.|GET|http|1|42|42.0|1e2|true|null|10.0.0.1|AND|OR
|€€€€€€€€€€€€€€€€€€€|a long piece of text that is over fifty bytes in all|x`
    .split("|")
    .concat(" ", "\n", "\t", "\u00a0");

export const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(""));
export const shortText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 2 })
  .map((pieces) => pieces.join(""));

export const number = fc.oneof(
  fc.constantFrom(
    0,
    1,
    42,
    -1,
    100,
    200,
    299,
    404,
    500,
    599,
    0.1,
    0.30000000000000004,
    1e-7,
    1e21,
    42.5,
    9007199254740991,
  ),
  fc.integer({ min: -1000, max: 1000 }),
);

/** Names of attributes; a dot in one is a step into it. */
export const KEYS = ["a", "b", "x y", 'q"', "", "k\\", "é", "$", "0", "__proto__", "toString"];
