import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where other people's programs are kept for these tests: outside of the project's own packages, and not in git. */
export const CACHE = fileURLToPath(new URL("../../../.cache/senders/", import.meta.url));

export function cacheFolder(...parts: string[]): string {
  const folder = join(CACHE, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** What a program needs is not here and cannot be got: its tests are skipped, with this sentence. */
export class CannotInstall extends Error {
  override readonly name = "CannotInstall";
}
