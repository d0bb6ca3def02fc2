import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportColumns } from "../../../core/export/columns.ts";
import { csvCell, csvHeader, csvLine } from "../../../core/export/csv-line.ts";
import type { RecordJson } from "../../../core/record-json.ts";

/** Reads RFC 4180 as any reader does. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = [[""]];
  let quoted = false;
  for (let at = 0; at < csv.length; at++) {
    const row = rows.at(-1)!;
    if (quoted && csv[at] === '"' && csv[at + 1] === '"') row.push(row.pop()! + csv[++at]!);
    else if (csv[at] === '"') quoted = !quoted;
    else if (!quoted && csv[at] === ",") row.push("");
    else if (!quoted && csv.startsWith("\r\n", at)) {
      rows.push([""]);
      at++;
    } else row.push(row.pop()! + csv[at]!);
  }
  return rows.slice(0, -1);
}

describe("csvCell", () => {
  it.each([
    ["nothing", undefined, ""],
    ["a number", -5.5, "-5.5"],
    ["a text", "plain", "plain"],
    ["a comma", "a,b", '"a,b"'],
    ["a quote", 'say "hi"', '"say ""hi"""'],
    ["a line end", "a\r\nb", '"a\r\nb"'],
    ["spaces around", " a ", '" a "'],
    ["a formula", "=1+1", "'=1+1"],
    ["a formula with a comma", '=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
    ["a plus", "+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["a minus", "-2+3", "'-2+3"],
    ["an at", "@SUM(A1)", "'@SUM(A1)"],
    ["a tab before", "\t=1", "'\t=1"],
    ["a carriage return before", "\r=1", `"'\r=1"`],
    ["a full-width sign", "＝1", "'＝1"],
    ["a negative number as text", "-12.5e3", "-12.5e3"],
    ["a sign inside", "a=b", "a=b"],
    ["control characters", "a\u001b[31mb\0\u009b", "a\\u001b[31mb\\u0000\\u009b"],
  ])("%s", (_name, value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it("is read back as the text, but for controls and the apostrophe before a formula; no cell begins with a sign", () => {
    const text = fc.array(
      fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "a", "1", " ", "é", "'", "\0"),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
        const texts = cells.map((pieces) => pieces.join(""));
        const [read] = rowsOf(`${texts.map(csvCell).join(",")}\r\n`);
        read!.forEach((cell, at) => {
          const shown = texts[at]!.replaceAll("\0", "\\u0000");
          expect([shown, `'${shown}`]).toContain(cell);
          expect(cell).not.toMatch(/^[=+@\t\r\n]|^-(?!\d+(?:\.\d+)?(?:e[+-]?\d+)?$)/i);
        });
      }),
      { numRuns: 500 },
    );
  });
});

it("writes the columns asked for, in their order, each under the name it was asked by", () => {
  const columns = exportColumns(["time", "durationMs", "attrs.cart.total", "attrs", "flags", "nothing.here"]);
  if (!columns.ok) throw new Error(columns.detail);
  const record = {
    service: "web",
    shard: 0,
    seq: 1,
    time: "2026-11-22T10:00:00.000Z",
    durationMs: 1.5,
    attrs: { cart: { total: 9.5, items: ["a"] } },
    flags: ["late", "cut"],
    parser: "json",
    source: "database",
  } as RecordJson;
  expect(rowsOf(csvHeader(columns.value) + csvLine(record, columns.value))).toEqual([
    ["time", "durationMs", "attrs.cart.total", "attrs", "flags", "nothing.here"],
    ["2026-11-22T10:00:00.000Z", "1.5", "9.5", '{"cart":{"total":9.5,"items":["a"]}}', "late,cut", ""],
  ]);
});

describe("exportColumns refuses", () => {
  it.each([
    ["a name twice", ["path", "path"]],
    ["what is no name", ["a b"]],
    ["an empty name", ["path", ""]],
    ["more than there may be", Array.from({ length: 101 }, (_, n) => `attrs.a${n}`)],
  ])("%s", (_name, names) => {
    expect(exportColumns(names)).toMatchObject({ ok: false, reason: "invalid_columns" });
  });

  it("and takes as many as there may be, names of objects' own among them", () => {
    const names = ["constructor", "__proto__", "toString"];
    while (names.length < 100) names.push(`a${names.length}`);
    expect(exportColumns(names)).toMatchObject({ ok: true });
  });
});
