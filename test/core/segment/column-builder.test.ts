import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packTextOf } from "../../../core/delivery/pack-text.ts";
import { LogRecord } from "../../../core/record.ts";
import type { Cell } from "../../../core/row.ts";
import { ColumnBuilder, type PackedRows, unpackedRows } from "../../../core/segment/column-builder.ts";
import { NO_TEXT } from "../../../core/segment/parquet/write-chunk.ts";
import { writeSegment } from "../../../core/segment/write-segment.ts";
import { longRows } from "../long-rows.ts";
import { placed } from "../query/arbitraries/record.ts";
import { codec, recordsOf, rowsOf } from "./segments.ts";

const encoder = new TextEncoder();
const packed = (rows: string, agents = "[]"): PackedRows => ({
  shard: 3,
  firstSeq: 7,
  rowBytes: encoder.encode(rows),
  agentBytes: encoder.encode(agents),
});
const packedOf = (records: readonly LogRecord[]): PackedRows => {
  const { rows, agents } = packTextOf(records);
  return packed(rows, agents);
};

it("makes the same of packed rows as of their cells", () => {
  fc.assert(
    fc.property(fc.array(placed, { minLength: 1, maxLength: 30 }), (all) => {
      const rows = packedOf(all.map(({ record }) => record));
      expect(writeSegment("web", [rows], codec)).toEqual(writeSegment("web", [unpackedRows(rows)], codec));
    }),
    { numRuns: 150 },
  );
});

it("makes the same of short rows as of those of before", () => {
  fc.assert(
    fc.property(fc.array(placed, { minLength: 1, maxLength: 30 }), (all) => {
      const records = all.map(({ record }) => record);
      const { rows, agents } = packTextOf(records);
      const long = packed(JSON.stringify(longRows(JSON.parse(rows) as Cell[][], records)), agents);
      expect(writeSegment("web", [packed(rows, agents)], codec)).toEqual(writeSegment("web", [long], codec));
    }),
    { numRuns: 150 },
  );
});

it("reads every text and every number as JSON.parse does", async () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(
      '"',
      "\\",
      "\ud83d\ude00",
      "\ud83d",
      "\ude00",
      "\ufeff",
      "\u0000",
      "\u007f",
      "\u0080",
      "\u07ff",
      "\u0800",
      "\uffff",
    ),
  );
  const text = fc.array(unit, { maxLength: 8 }).map((units) => units.join(""));
  const number = fc.oneof(
    fc.maxSafeNat(),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    fc.nat(9_999).map((n) => n / 1_000),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, number), { minLength: 1, maxLength: 20 }), async (cells) => {
      const rows = JSON.stringify(
        cells.map(([message, durationMs]) => [
          5,
          0,
          2,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          durationMs,
          null,
          null,
          message,
        ]),
      );
      const { bytes } = writeSegment("web", [packed(rows)], codec);
      const read = (await recordsOf(bytes)).map(({ record }) => [record.message, record.durationMs]);
      // Half a pair of surrogates has no UTF-8.
      expect(read).toEqual(cells.map(([message, durationMs]) => [message.toWellFormed(), durationMs]));
    }),
    { numRuns: 300 },
  );
});

it.each([
  "",
  "[",
  "[[1",
  '[["',
  '[["a',
  '[["a\\',
  '[["\\x"]]',
  '[["\\u00g0"]]',
  "[[true]]",
  "[[1e]]",
  "[[-]]",
  "[1]",
  "{}",
])("refuses %j as no JSON of rows", (rows) => {
  expect(() => new ColumnBuilder().add(packed(rows))).toThrow(SyntaxError);
});

describe("columns", () => {
  const recordOf = (fields: Partial<LogRecord>): LogRecord => Object.assign(new LogRecord(), fields);
  const builder = new ColumnBuilder();
  builder.add(packedOf([recordOf({ tsMs: 5, path: "/a", status: 200 }), recordOf({ tsMs: 6, message: "zwölf" })]));
  builder.add(rowsOf([recordOf({ tsMs: 7, path: "/a", browser: "Firefox", userAgent: "x" })], 9, 4));

  it("can be counted by number", () => {
    const paths = builder.text("path");
    const codes = [0, 1, 2].map((row) => paths.at(row));
    expect(codes).toEqual([codes[0], NO_TEXT, codes[0]]);
    expect(paths.textOf(codes[0]!)).toBe("/a");
    expect(builder.text("browser").textOf(builder.text("browser").at(2))).toBe("Firefox");
    expect(builder.text("message").textOf(builder.text("message").at(1))).toBe("zwölf");
  });

  it("have the numbers of each row", () => {
    expect([0, 1, 2].map((row) => builder.number("time").at(row))).toEqual([5, 6, 7]);
    expect([0, 1, 2].map((row) => builder.number("status").at(row))).toEqual([200, Number.NaN, Number.NaN]);
    expect([0, 1, 2].map((row) => [builder.number("shard").at(row), builder.number("seq").at(row)])).toEqual([
      [3, 7],
      [3, 8],
      [4, 9],
    ]);
  });
});
