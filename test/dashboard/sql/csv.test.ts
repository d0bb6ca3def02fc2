import { expect, it } from "vitest";
import { csvOf } from "../../../dashboard/sql/csv.ts";

it("quotes what has to be quoted, and nothing else", () => {
  expect(
    csvOf(
      ["a", "b,c"],
      [
        [1, 'say "hi"'],
        [null, "two\nlines"],
      ],
    ),
  ).toBe('a,"b,c"\r\n1,"say ""hi"""\r\n,"two\nlines"\r\n');
});

it.each(["=1+1", "+1", "-1", "@x", "\tx"])("keeps a spreadsheet from running %j", (text) => {
  expect(csvOf(["a"], [[text]])).toBe(`a\r\n'${text}\r\n`);
});

it("leaves numbers as they are, negative ones too", () => {
  expect(csvOf(["a"], [[-1.5]])).toBe("a\r\n-1.5\r\n");
});
