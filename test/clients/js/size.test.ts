import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";

/** A page pays for this before it logs anything. */
const MAX_GZIPPED_BYTES = 3 * 1_024;

it("is smaller than 3 KB when built and compressed", async () => {
  const configFile = fileURLToPath(new URL("../../../clients/js/vite.config.ts", import.meta.url));
  const built = (await build({ configFile, logLevel: "silent", build: { write: false } })) as Rolldown.RolldownOutput[];
  const code = built[0]!.output[0].code;
  expect(code).toContain("idempotency-key");
  expect(gzipSync(code).length).toBeLessThan(MAX_GZIPPED_BYTES);
});
