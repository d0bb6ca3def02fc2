import { expect, it } from "vitest";
import { saidOf } from "../../../tools/sending/said-of.ts";

it("reads Weir's own errors, and shows the beginning of what is not one", () => {
  const ours = { error: { code: "invalid_filter", message: "column 10: expected a value", requestId: "1" } };
  expect(saidOf(JSON.stringify(ours))).toBe("column 10: expected a value (invalid_filter)");
  expect(saidOf("<html>Bad Gateway")).toBe("<html>Bad Gateway");
  expect(saidOf('{"error":"no"}')).toBe('{"error":"no"}');
  expect(saidOf("x".repeat(301))).toBe("x".repeat(300));
});
