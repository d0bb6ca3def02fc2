import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The platform takes 64 MiB; parsing this much at start takes a tenth of the second that it allows. */
export const MAX_WORKER_BYTES = 1_750_000;
export const MAX_WORKER_GZIPPED_BYTES = 450_000;

/** The sizes of a built Worker; throws where it is larger than its budget. */
export function checkBudget(folder) {
  const script = readFileSync(join(folder, "index.js"));
  const [bytes, gzipped] = [script.length, gzipSync(script, { level: 9 }).length];
  if (bytes > MAX_WORKER_BYTES || gzipped > MAX_WORKER_GZIPPED_BYTES)
    throw new Error(
      `The Worker has ${bytes} bytes, ${gzipped} gzipped; its budget is ${MAX_WORKER_BYTES} and ${MAX_WORKER_GZIPPED_BYTES}`,
    );
  return { bytes, gzipped };
}
