import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const textOf = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const SWITCH = "/__faults";

it("builds no fault switch into the Worker that is deployed", () => {
  // The same words stand where the switch is, or this test would look for nothing.
  expect(textOf("test/faults/worker.ts")).toContain(SWITCH);
  const bundle = textOf("dist/worker/index.js");
  expect(bundle).toContain("/dead-letters");
  expect(bundle).not.toContain(SWITCH);
  expect(textOf("wrangler.toml")).toMatch(/^main = "worker\/index.ts"$/m);
});
