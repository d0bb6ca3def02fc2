import { expect, it } from "vitest";
import { quoted } from "../../../dashboard/shell/curl.ts";

it("quotes any text for a shell", () => {
  expect(quoted(`it's "$HOME"`)).toBe(`'it'\\''s "$HOME"'`);
});
