import { expect, it } from "vitest";
import { ok, refuse } from "../../core/result.ts";

it("tells a value from a refusal", () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 });
  expect(refuse("too_long", "at column 3")).toEqual({ ok: false, reason: "too_long", detail: "at column 3" });
});
