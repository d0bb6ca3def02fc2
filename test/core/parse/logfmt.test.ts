import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_PAIRS, readLogfmt } from "../../../core/parse/logfmt/read-logfmt.ts";
import { logfmt } from "../../../core/parse/logfmt.ts";
import { parsedBy } from "./context.ts";

const pairs = (line: string) => {
  const found: [string, string | null][] = [];
  const read = readLogfmt(line, (key, value) => found.push([key, value]));
  return read.ok ? found : read.reason;
};

describe("readLogfmt reads", () => {
  it.each([
    [
      "bare values",
      "level=info ms=12",
      [
        ["level", "info"],
        ["ms", "12"],
      ],
    ],
    ["quoted values", 'msg="user signed in"', [["msg", "user signed in"]]],
    [
      "escapes",
      String.raw`msg="say \"hi\"\n\tü" path="a\\b"`,
      [
        ["msg", 'say "hi"\n\tü'],
        ["path", "a\\b"],
      ],
    ],
    [
      "an empty value",
      "user= ok=1",
      [
        ["user", ""],
        ["ok", "1"],
      ],
    ],
    [
      "a lone key",
      "ms=12 cached",
      [
        ["ms", "12"],
        ["cached", null],
      ],
    ],
    [
      "a repeated key twice",
      "a=1 a=2",
      [
        ["a", "1"],
        ["a", "2"],
      ],
    ],
    [
      "no space after a quote",
      'a="1"b=2',
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    ["an = in a value", "q=a=b", [["q", "a=b"]]],
    ["a hostile key as data", "__proto__=x", [["__proto__", "x"]]],
  ])("%s", (_name, line, expected) => expect(pairs(line)).toEqual(expected));
});

describe("readLogfmt refuses", () => {
  it.each([
    ["an open quote", 'a=1 msg="user', "unterminated_quote"],
    ["a quote in a key", 'k"ey=1', "unexpected_quote"],
    ["a quoted key", '"k"=1', "unexpected_quote"],
    ["a quote in a bare value", 'k=b"ar', "unexpected_quote"],
    ["a broken escape", String.raw`a="\u1"`, "unexpected_quote"],
    ["a value without key", "=1", "unexpected_quote"],
    ["more pairs than MAX_PAIRS", "a=1 ".repeat(MAX_PAIRS + 1), "too_many_pairs"],
  ])("%s", (_name, line, reason) => expect(pairs(line)).toBe(reason));
});

it("reads back any pairs that are written with JSON's quotes", () => {
  const key = fc.stringMatching(/^[^\s="\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]{1,12}$/);
  const value = fc.string({ unit: "binary", maxLength: 30 }).filter((text) => !/[\ud800-\udfff]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value), { maxLength: 10 }), (wanted) => {
      const line = wanted.map(([name, text]) => `${name}=${JSON.stringify(text)}`).join(" ");
      expect(pairs(line)).toEqual(wanted);
    }),
  );
});

describe("logfmt", () => {
  it("fills the fields that it knows and keeps the rest with its type", () => {
    expect(
      parsedBy(logfmt, 'ts=2024-01-02T03:04:05Z level=warn msg="cart is full" items=3 ok=true id=007 size="12" new'),
    ).toEqual({
      tsMs: Date.UTC(2024, 0, 2, 3, 4, 5),
      level: "warn",
      message: "cart is full",
      attrs: { items: 3, ok: true, id: "007", new: true },
      bytes: 12,
      parser: "logfmt",
      raw: 'ts=2024-01-02T03:04:05Z level=warn msg="cart is full" items=3 ok=true id=007 size="12" new',
    });
  });

  it("joins a firewall's date, time and zone", () => {
    expect(parsedBy(logfmt, 'date=2024-10-14 time=13:46:51 tz="-0700" level="alert"')).toMatchObject({
      tsMs: Date.UTC(2024, 9, 14, 20, 46, 51),
      level: "fatal",
    });
  });

  it("finds a time under a product's own name", () => {
    expect(parsedBy(logfmt, "src=10.0.0.1 XutcTime=2024-01-02T03:04:05Z")).toMatchObject({
      tsMs: Date.UTC(2024, 0, 2, 3, 4, 5),
    });
  });

  it.each([
    ["prose", "user signed in"],
    ["prose with a pair", "started with level=info and nothing else"],
    ["prose that begins with a pair", "x=1 is what the user wrote, not what they meant"],
    ["an empty line", ""],
  ])("refuses %s", (_name, line) => expect(parsedBy(logfmt, line)).toBeUndefined());
});
