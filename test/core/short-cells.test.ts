import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { templateOf } from "../../core/enrich/template-of.ts";
import { LogRecord } from "../../core/record.ts";
import { isShort, PARSER_BITS, PARSER_NAMES, rowOf } from "../../core/row.ts";
import {
  longText,
  METHODS,
  PROTOCOLS,
  shortMethod,
  shortProtocol,
  templateDifference,
  templateFrom,
} from "../../core/short-cells.ts";

const char = String.fromCharCode;
const numbers = (...all: number[]): string => all.map((n) => char(0x23 + n)).join("");

describe("a template's difference from its path", () => {
  it.each([
    ["/items/7", "/items/:id", `${numbers(7, 0, 0)}:id`],
    ["/items/7/edit", "/items/:id/edit", `${numbers(7, 9, 5)}:id`],
    ["/static/app.6d86afb6.css?v=1", "/static/app.:hash.css", `${numbers(12, 21, 4)}:hash`],
    ["/items?page=2", "/items", numbers(6, 0, 0)],
    ["/users/1/orders/2", "/users/:id/orders/:id", `${numbers(7, 0, 0)}:id/orders/:id`],
    ["/v1/users/1", "/v1/users/{id}", `${numbers(10, 0, 0)}{id}`],
    ["", "anything", `${numbers(0, 0, 0)}anything`],
  ])("of %s and %s", (path, template, difference) => {
    expect(templateDifference(path, template)).toBe(difference);
    expect(templateFrom(path, difference)).toBe(template);
  });

  it("takes numbers beyond one byte", () => {
    const long = `/${"a".repeat(5_000)}/`;
    const difference = templateDifference(`${long}7/edit`, `${long}:id/edit`)!;
    expect(templateFrom(`${long}7/edit`, difference)).toBe(`${long}:id/edit`);
    expect(difference.length).toBe(6);
  });

  it.each([
    ["😀/1", "😀/:id"],
    ["/a\u0000/1", "/a\u0000/:id"],
    ["/\ud800/1", "/:id"],
    ["/1", "/\ufffd"],
  ])("is not told of characters that SQLite counts differently: %j", (path, template) => {
    expect(templateDifference(path, template)).toBeUndefined();
  });

  it("takes the longest path whose numbers are characters, and none longer", () => {
    const most = 0xd7ff - 0x23;
    const path = (length: number) => `/1?${"q".repeat(length - 3)}`;
    expect(templateFrom(path(most), templateDifference(path(most), "/:id")!)).toBe("/:id");
    expect(templateDifference(path(most + 1), "/:id")).toBeUndefined();
  });

  it("makes the same template of it, whatever both are", () => {
    const piece = fc.constantFrom("/", "items", ":id", ":", "7", "6d86afb6abcdef", ".css", "?", "é", "€", "\ud7ff");
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, text, (path, other) => {
        for (const template of [templateOf(path), other])
          expect(templateFrom(path, templateDifference(path, template)!)).toBe(template);
      }),
    );
  });
});

describe("codes", () => {
  it("keep their meaning for ever", () => {
    expect(METHODS.map(shortMethod).join("")).toBe("0123456789");
    expect(METHODS.slice(0, 7)).toEqual(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]);
    expect(PROTOCOLS.map(shortProtocol).join("")).toBe("012345");
    expect(PROTOCOLS.slice(0, 3)).toEqual(["HTTP/1.1", "HTTP/2.0", "HTTP/1.0"]);
    for (const method of METHODS) expect(longText(METHODS, shortMethod(method)!)).toBe(method);
  });

  it("are one character each, and leave room beside the parser's number", () => {
    expect(Math.max(METHODS.length, PROTOCOLS.length)).toBeLessThanOrEqual(36);
    expect(PARSER_NAMES.length).toBeLessThanOrEqual(PARSER_BITS);
  });
});

describe("a row", () => {
  const record = (fields: Partial<LogRecord>) => Object.assign(new LogRecord(), { parser: "combined" }, fields);
  const kindOf = (fields: Partial<LogRecord>) => rowOf(record(fields), null)[1] as number;

  it("is short where every text has a short form", () => {
    expect(isShort(kindOf({ method: "GET", protocol: "HTTP/1.1", path: "/1", pathTemplate: "/:id" }))).toBe(true);
    expect(rowOf(record({ method: "POST" }), null).slice(4)).toEqual(["1"]);
  });

  it.each([
    ["method", { method: "get", protocol: "HTTP/1.1" }],
    ["protocol", { method: "GET", protocol: "SPDY/3" }],
    ["template", { method: "GET", path: "/😀/1", pathTemplate: "/😀/:id" }],
    ["parser", { method: "GET", parser: "of_tomorrow" }],
  ])("is long where the %s has none", (_name, fields) => {
    expect(isShort(kindOf(fields))).toBe(false);
    expect(rowOf(record(fields), null)[4]).toBe(fields.method);
  });

  it("says nothing of it where there is none of these texts", () => {
    expect(isShort(kindOf({ message: "started", path: "/x", pathTemplate: "/x" }))).toBe(false);
  });
});
