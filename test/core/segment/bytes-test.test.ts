import * as fc from "fast-check";
import { expect, it } from "vitest";
import { containsTest, equalsTest } from "../../../core/query/text-test.ts";
import { equalsBytesTest } from "../../../core/segment/bytes-test.ts";
import type { TextColumn } from "../../../core/segment/parquet/read-chunk.ts";
import { TextValues } from "../../../core/segment/parquet/text-values.ts";
import { linesWithPhrase } from "../../../core/segment/request-line-phrase.ts";
import { codec } from "./segments.ts";

const encoder = new TextEncoder();
/** Of few letters, so that patterns are often found. */
const words = (letters: string[], maxLength: number) => fc.string({ unit: fc.constantFrom(...letters), maxLength });
const LETTERS = ["a", "A", "b", "/", " ", "é", "É", "€", "🙂", "[", "@", "`", "{"];

it("says of UTF-8 what equalsTest says of the text", () => {
  const text = words(LETTERS, 6);
  fc.assert(
    fc.property(
      text,
      fc.array(words(LETTERS, 3), { minLength: 1, maxLength: 2 }),
      fc.boolean(),
      (any, pieces, isMade) => {
        const made = isMade ? pieces.join(pieces.length > 1 ? any : "") : any;
        const bytes = encoder.encode(`x${made}y`);
        expect(equalsBytesTest(pieces)!(bytes, 1, bytes.length - 1)).toBe(equalsTest(pieces)(made));
      },
    ),
    { numRuns: 2_000 },
  );
  expect(equalsBytesTest(["a", "b", "c"])).toBeUndefined();
});

function column(texts: string[], codes: number[]): TextColumn {
  const page = texts.flatMap((text) => {
    const bytes = encoder.encode(text);
    return [bytes.length, 0, 0, 0, ...bytes];
  });
  return { texts: new TextValues(Uint8Array.from(page), texts.length, codec), codes: Uint8Array.from(codes) };
}

it("finds the request lines with a phrase, but for those that have it in the path", () => {
  const part = words(["G", "g", "e", "t", "/", "1", "é", " "], 4);
  const some = fc.uniqueArray(part, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(some, some, some, words(["G", "e", "t", "/", "1", "É", " "], 6), (methods, paths, protocols, own) => {
      const phrase = own.includes(" ") ? own : ` ${own}`;
      const rows = methods.flatMap((_, m) => paths.flatMap((__, p) => protocols.map((___, r) => [m, p, r] as const)));
      const found = linesWithPhrase(
        {
          methods: column(
            methods,
            rows.map(([m]) => m),
          ),
          paths: column(
            paths,
            rows.map(([, p]) => p),
          ),
          protocols: column(
            protocols,
            rows.map(([, , r]) => r),
          ),
        },
        phrase,
      )!;
      const test = containsTest([phrase]);
      for (const [at, [m, p, r]] of rows.entries()) {
        if (test(paths[p]!)) continue;
        expect(found[at], `${methods[m]} ${paths[p]} ${protocols[r]}: ${phrase}`).toBe(
          Number(test(`${methods[m]} ${paths[p]} ${protocols[r]}`)),
        );
      }
    }),
    { numRuns: 2_000 },
  );
});

it("leaves lines of very many methods to be put together", () => {
  const names = Array.from({ length: 40 }, (_, at) => `M${at}`);
  const lines = (methods: string[]) => ({
    methods: column(methods, [0]),
    paths: column(["/"], [0]),
    protocols: column(["HTTP/1.1"], [0]),
  });
  expect(linesWithPhrase(lines(names), "m0 /")).toBeUndefined();
  // 31 methods and none, with one protocol and none: the most that there may be.
  expect([...linesWithPhrase(lines(names.slice(0, 31)), "m0 /")!]).toEqual([1]);
  expect(linesWithPhrase(lines(names.slice(0, 32)), "m0 /")).toBeUndefined();
});
