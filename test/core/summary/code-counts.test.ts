import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextCoder } from "../../../core/segment/text-coder.ts";
import { CodeCounts } from "../../../core/summary/code-counts.ts";
import { DistinctSketch } from "../../../core/summary/distinct-sketch.ts";
import { HeavyHitters, MAX_VALUE_CHARS } from "../../../core/summary/heavy-hitters.ts";
import { asciiHash, textHash } from "../../../core/summary/text-hash.ts";
import { LONG } from "./hitters.ts";

const anyText = fc.oneof(fc.constantFrom("a", "b", "", "é", "🙂"), fc.nat({ max: 40 }).map(String), fc.string());
/** Rows of which some have no text. */
const anyColumn = fc.array(fc.option(anyText, { nil: undefined }), { maxLength: 300 });

function columnOf(texts: readonly (string | undefined)[]): TextCoder {
  const column = new TextCoder();
  texts.forEach((text, row) => {
    if (text !== undefined) column.put(row, text);
  });
  return column;
}

const rowsOf = (texts: readonly unknown[]): number[] => texts.map((_, row) => row);

function cutOf(texts: readonly (string | undefined)[], capacity: number): HeavyHitters {
  const hitters = new HeavyHitters();
  for (const text of texts) if (text !== undefined) hitters.add(text);
  hitters.cut(capacity);
  return hitters;
}

const toldOf = ({ total, long, missed, tallies }: HeavyHitters) => ({ total, long, missed, tallies: [...tallies] });

describe("counts of a column's texts", () => {
  it("are cut as counts of the texts themselves are, column after column", () => {
    const counts = new CodeCounts();
    fc.assert(
      fc.property(anyColumn, fc.integer({ min: 1, max: 50 }), (texts, capacity) => {
        counts.count(columnOf(texts), rowsOf(texts));
        expect(toldOf(counts.hitters(capacity))).toEqual(toldOf(cutOf(texts, capacity)));
        const [sketch, expected] = [new DistinctSketch(), new DistinctSketch()];
        counts.addTo(sketch);
        for (const text of texts) if (text !== undefined) expected.add(textHash(text));
        expect(sketch.hashes).toEqual(expected.hashes);
      }),
    );
  });

  it("leave out rows that another column tells of", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(anyText), fc.option(anyText))), (rows) => {
        const own = rows.map(([text]) => text ?? undefined);
        const other = rows.map(([, text]) => text ?? undefined);
        const counts = new CodeCounts();
        counts.count(columnOf(own), rowsOf(own), columnOf(other));
        const left = own.filter((_, row) => other[row] === undefined);
        expect(toldOf(counts.hitters(1_000))).toEqual(toldOf(cutOf(left, 1_000)));
      }),
    );
  });

  it("tell a text of the longest that is followed, and count a longer one", () => {
    const texts = ["v".repeat(MAX_VALUE_CHARS), LONG, LONG];
    const counts = new CodeCounts();
    counts.count(columnOf(texts), rowsOf(texts));
    const { total, long, tallies } = counts.hitters(10);
    expect([total, long, [...tallies.keys()]]).toEqual([3, 2, [texts[0]]]);
  });
});

it("hashes a text's bytes as the text, where it is ASCII", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 5 }), (text, before) => {
      const bytes = new TextEncoder().encode("x".repeat(before) + text);
      const isAscii = bytes.every((byte) => byte < 0x80);
      expect(asciiHash(bytes, before, bytes.length)).toBe(isAscii ? textHash(text) : undefined);
    }),
  );
});
