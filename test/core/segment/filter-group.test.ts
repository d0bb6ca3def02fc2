import * as fc from "fast-check";
import { expect, it } from "vitest";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import { pruneOf } from "../../../core/query/prune-of.ts";
import { LogRecord } from "../../../core/record.ts";
import { indexOf } from "../../../core/segment/open-segment.ts";
import { ByteWriter } from "../../../core/segment/parquet/byte-writer.ts";
import { PIECE_BYTES, TextValues } from "../../../core/segment/parquet/text-values.ts";
import { textsWith } from "../../../core/segment/text-search.ts";
import { writeSegment } from "../../../core/segment/write-segment.ts";
import { NOW_MS } from "../query/arbitraries/values.ts";
import { CASES } from "../query/cases.ts";
import { question } from "../query/stored.ts";
import { codec, rowsOf, seqsFound } from "./segments.ts";

const filterOf = (q: string) => {
  const parsed = parseFilter(q);
  if (!parsed.ok) throw new Error(`${q}: ${parsed.detail}`);
  return parsed.value;
};

it("finds what the predicate finds, and is not pruned where there is something", async () => {
  await fc.assert(
    fc.asyncProperty(question, async ([stored, filter]) => {
      const records = stored.map(({ record }) => record);
      const { bytes } = writeSegment("web", [rowsOf(records)], codec);
      const passes = predicateOf(filter, NOW_MS);
      const expected = records.flatMap((record, at) => (passes(record, "web") ? [at + 1] : []));
      expect(await seqsFound(bytes, filter, "web", NOW_MS)).toEqual(expected);
      const [stats] = indexOf(bytes).stats;
      const share = pruneOf(filter, stats!, NOW_MS);
      if (share === "none") expect(expected).toEqual([]);
      if (share === "all") expect(expected).toHaveLength(records.length);
    }),
    { numRuns: 1_500 },
  );
}, 120_000);

it.each(CASES.map(({ q, record, matches }) => [matches ? "finds" : "leaves out", q, record] as const))(
  "%s by %s",
  async (verb, q, record) => {
    const { bytes } = writeSegment("web", [rowsOf([record])], codec);
    expect(await seqsFound(bytes, filterOf(q), "web", NOW_MS)).toEqual(verb === "finds" ? [1] : []);
  },
);

it("does not find what stands across two texts of a page", async () => {
  const records = ["end", "start", "endstart", "ab"].map((path, at) =>
    Object.assign(new LogRecord(), { tsMs: at, path }),
  );
  const { bytes } = writeSegment("web", [rowsOf(records)], codec);
  expect(await seqsFound(bytes, filterOf("dst"), "web", NOW_MS)).toEqual([3]);
  expect(await seqsFound(bytes, filterOf("ENDSTART"), "web", NOW_MS)).toEqual([3]);
  // The length before a text is bytes too: 2 is none of its letters.
  expect(await seqsFound(bytes, { kind: "text", pattern: ["\u0002"] }, "web", NOW_MS)).toEqual([]);
});

it("prunes by a word that is in no text", async () => {
  const records = ["/api/users", "/api/orders"].map((path, at) => Object.assign(new LogRecord(), { tsMs: at, path }));
  const { bytes } = writeSegment("web", [rowsOf(records)], codec);
  const [stats] = indexOf(bytes).stats;
  expect(pruneOf(filterOf("zanzibar"), stats!, NOW_MS)).toBe("none");
  expect(pruneOf(filterOf("USERS"), stats!, NOW_MS)).toBe("some");
});

it.each([
  ["as long as a piece", 0],
  ["one byte longer", 1],
  ["of three pieces", PIECE_BYTES * 2],
])("finds the same texts in a page %s", (_name, more) => {
  const quarter = Math.floor((PIECE_BYTES + more) / 4) - 4;
  const filled = (mark: string, length: number): string => mark + "x".repeat(length - mark.length * 2) + mark;
  const texts = [
    ...["first", "second", "third"].map((mark) => filled(mark, quarter)),
    filled("last", PIECE_BYTES + more - 4 * 4 - quarter * 3),
  ];
  const page = new ByteWriter();
  for (const each of texts) {
    page.uint32(each.length);
    page.append(new TextEncoder().encode(each));
  }
  expect(page.length).toBe(PIECE_BYTES + more);
  const values = new TextValues(page.bytes(), texts.length, codec);
  expect(texts.map((_, at) => values.at(at))).toEqual(texts);
  expect(textsWith(values, ["SECOND"])).toEqual(Uint8Array.of(0, 1, 0, 0, 0));
  expect(textsWith(values, ["xlast"])).toEqual(Uint8Array.of(0, 0, 0, 1, 0));
  expect(textsWith(values, ["firstsecond"])).toBeUndefined();
});
