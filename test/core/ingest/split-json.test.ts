import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemsOfList, splitJson } from "../../../core/ingest/split-json.ts";

const values = fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.array(fc.jsonValue())), {
  maxLength: 6,
});
const separator = fc.constantFrom("", "\n", " ", ",\n", "\r\n\n");

it("finds what was put together", () => {
  fc.assert(
    fc.property(values, separator, (list, between) => {
      const texts = list.map((value) => JSON.stringify(value));
      expect(splitJson(texts.join(between), 100)).toEqual(texts);
    }),
  );
});

it("finds the items of a list, whatever its layout", () => {
  fc.assert(
    fc.property(values, fc.constantFrom(undefined, 2), (list, indent) => {
      const items = itemsOfList(JSON.stringify(list, null, indent), 100);
      expect(items?.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(list)));
    }),
  );
});

describe("splitJson goes on after a broken value", () => {
  it.each([
    ['{"a":\n{"b":1}\n{"c":2}', ['{"a":', '{"b":1}', '{"c":2}']],
    ['{"a":1}\nplain text\n{"b":2}', ['{"a":1}', "plain text", '{"b":2}']],
    ['{"a":1', ['{"a":1']],
  ])("%j", (text, parts) => {
    expect(splitJson(text, 100)).toEqual(parts);
  });
});

describe("itemsOfList refuses", () => {
  it.each(["[Sun Mar 07] x", '[{"a":1}] trailing', "[", '[{"a":1}', "{}", ""])("%j", (text) => {
    expect(itemsOfList(text, 100)).toBeUndefined();
  });
});

it("stops one past its limit", () => {
  expect(splitJson("{}".repeat(50), 10)).toHaveLength(11);
});
