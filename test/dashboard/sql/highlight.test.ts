import fc from "fast-check";
import { expect, it } from "vitest";
import { piecesOf } from "../../../dashboard/sql/highlight.ts";

it("tells the parts of a statement apart", () => {
  const kinds = piecesOf(`SELECT count(*), "a b" -- why\nFROM logs WHERE x = 'it''s' AND n > 1.5`)
    .filter(({ kind }) => kind !== "space")
    .map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds).toEqual([
    ...["keyword SELECT", "function count", "sign (", "sign *", "sign )", "sign ,", 'name "a b"', "comment -- why"],
    ...["keyword FROM", "name logs", "keyword WHERE", "name x", "sign =", "string 'it''s'", "keyword AND", "name n"],
    ...["sign >", "number 1.5"],
  ]);
});

it("takes what is not closed to its end", () => {
  expect(piecesOf("'open").map(({ kind }) => kind)).toEqual(["string"]);
  expect(piecesOf("/* open").map(({ kind }) => kind)).toEqual(["comment"]);
});

it("loses no character of any text", () => {
  const part = fc.constantFrom("'", '"', "`", "[", "]", "--", "/*", "*/", "\n", "a", "1", " ", "€", "𝄞", "\u0000");
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join("");
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
