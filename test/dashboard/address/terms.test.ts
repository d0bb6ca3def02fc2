import { assert, constantFrom, property, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELD_NAMES, FIELDS } from "../../../core/query/fields.ts";
import { isOf, notOf } from "../../../core/query/filter.ts";
import { filterText } from "../../../core/query/filter-text.ts";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { exclusionOf, hasTerm, termOf, withTerm } from "../../../dashboard/address/terms.ts";

const TEXT_FIELDS = FIELD_NAMES.filter((name) => FIELDS[name].kind === "text");
const value = string({ unit: "grapheme", maxLength: 30 }).filter((text) => !text.includes("\0"));

describe("termOf", () => {
  it("writes what the language itself writes, for any value of a text field", () => {
    assert(
      property(tuple(constantFrom(...TEXT_FIELDS), value), ([field, text]) => {
        expect(termOf(field, text)).toBe(filterText(isOf(field, [text])));
        expect(exclusionOf(field, text)).toBe(filterText(notOf(isOf(field, [text]))));
      }),
    );
  });

  it("is read back as that very value", () => {
    assert(
      property(tuple(constantFrom(...TEXT_FIELDS), value), ([field, text]) => {
        expect(parseFilter(termOf(field, text))).toEqual({ ok: true, value: isOf(field, [text]) });
      }),
    );
  });

  it.each([
    ["durationMs", "12", "duration_ms:12"],
    ["status", "2xx", "status:2xx"],
    ["path", "/a b", 'path:"/a b"'],
    ["attrs.http.route", "/x", "attrs.http.route:/x"],
    ["attrs.weird key", "1", 'attrs."weird key":1'],
    ["message", 'say "hi"', 'message:"say \\"hi\\""'],
  ])("%s of %j", (field, text, term) => {
    expect(termOf(field, text)).toBe(term);
    expect(parseFilter(term).ok).toBe(true);
  });
});

describe("withTerm", () => {
  it("adds a term to the end, and takes it out where it is", () => {
    expect(withTerm("", "level:error")).toBe("level:error");
    expect(withTerm("level:error", "status:500")).toBe("level:error status:500");
    expect(withTerm("level:error status:500", "level:error")).toBe("status:500");
    expect(withTerm("a level:error b", "level:error")).toBe("a b");
  });

  it("does not take a longer value for a shorter one", () => {
    expect(hasTerm("path:/a/b", "path:/a")).toBe(false);
    expect(hasTerm("-level:error", "level:error")).toBe(false);
  });
});
