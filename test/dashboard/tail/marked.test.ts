import { expect, it } from "vitest";
import { partsOf } from "../../../dashboard/tail/marked.tsx";

it("cuts out every occurrence, whatever its case and whatever stands in it", () => {
  expect(partsOf("GET /a?x=1 get", "get")).toEqual(["", "GET", " /a?x=1 ", "get", ""]);
  expect(partsOf("a.b (c) [d] a.b", "a.b")).toEqual(["", "a.b", " (c) [d] ", "a.b", ""]);
  expect(partsOf("(c", "(")).toEqual(["", "(", "c"]);
  expect(partsOf("nothing", "x")).toEqual(["nothing"]);
});
