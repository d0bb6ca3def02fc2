import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { VERSION } from "../../worker/version.ts";

it("says the version that package.json has", () => {
  expect(VERSION).toBe((JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version);
});
