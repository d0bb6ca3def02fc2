import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readExtension } from "../../../core/parse/cef/read-extension.ts";
import { cef } from "../../../core/parse/cef.ts";
import { parsedBy } from "./context.ts";

describe("cef reads", () => {
  it("header and extension", () => {
    const line = String.raw`CEF:0|Security|thre\|at|1.0|100|worm stopped|10|src=10.0.0.1 dst=2.1.2.2 spt=1232 msg=a worm \= bad suser=bob rt=1704164645000 cs1=deny cs1Label=Policy`;
    expect(parsedBy(cef, line)).toEqual({
      tsMs: Date.UTC(2024, 0, 2, 3, 4, 5),
      level: "fatal",
      message: "a worm = bad",
      ip: "10.0.0.1",
      user: "bob",
      app: "thre|at",
      attrs: {
        dst: "2.1.2.2",
        spt: "1232",
        Policy: "deny",
        vendor: "Security",
        product: "thre|at",
        version: "1.0",
        signature: "100",
        name: "worm stopped",
      },
      parser: "cef",
      raw: line,
    });
  });

  it.each([
    ["a severity in words", "CEF:0|v|p|1|s|name|High|", { level: "error" }],
    ["the name as message", "CEF:0|v|p|1|s|the name|3|act=x", { message: "the name", level: "info" }],
    ["a header without extension", "CEF:0|v|p|1|s|name|5", { level: "warn" }],
    ["an HTTP request", "CEF:0|v|p|1|s|n|5|request=/a requestMethod=GET", { path: "/a", method: "GET" }],
    [
      "a time under its own name",
      "CEF:0|v|p|1|s|n|5|XutcTime=2024-01-02T03:04:05Z",
      { tsMs: Date.UTC(2024, 0, 2, 3, 4, 5) },
    ],
  ])("%s", (_name, line, fields) => expect(parsedBy(cef, line)).toMatchObject(fields));
});

it.each(["CEF:0|v|p", "CEF: is a format", "cef:0|v|p|1|s|n|5|"])("cef refuses %s", (line) =>
  expect(parsedBy(cef, line)).toBeUndefined(),
);

it.each([
  ["a=1 b=two words c=3", { a: "1", b: "two words", c: "3" }],
  ["a=x=y b=1", { a: "x=y", b: "1" }],
  [String.raw`a=one\ntwo b=c:\\d`, { a: "one\ntwo", b: "c:\\d" }],
  ["cn1=7 cn1Label=Rule", { Rule: "7" }],
  ["csLabel=alone", { csLabel: "alone" }],
  ["a=1 cs1=x cs1Label=a", { a: "1", cs1: "x", cs1Label: "a" }],
  ["no pairs here", {}],
])("readExtension reads %s", (text, fields) => {
  const read: Record<string, string> = {};
  readExtension(text, 0, (key, value) => {
    read[key] = value;
  });
  expect(read).toEqual(fields);
});

it("reads a header with an escape somewhere after it as one without", () => {
  const field = fc.constantFrom("a", " b ", "", "1", "two words", "High");
  fc.assert(
    fc.property(fc.array(field, { minLength: 5, maxLength: 9 }), (fields) => {
      const line = `CEF:0|${fields.join("|")}| act=x`;
      const plain = parsedBy(cef, line);
      const escaped = parsedBy(cef, `${line} z=\\\\`);
      expect(escaped && { ...escaped, raw: line, attrs: { ...(escaped.attrs as object), z: 1 } }).toEqual(
        plain && { ...plain, attrs: { ...(plain.attrs as object), z: 1 } },
      );
    }),
  );
});
