import { styleText } from "node:util";

/**
 * An isolate collects what it no longer needs for the first time when it holds this much, in MB. By itself V8 waits for some hundreds:
 * until then the isolates of the local database and queue keep what every call left behind, with all that the runtime holds for it
 * outside of their heaps (cloudflare/workerd issues 6824 and 6894). Later collections follow from what the first one left.
 */
const FIRST_COLLECTION_MB = 8;

/** V8's own code cache was made under other flags; it says so once, and goes on without it. */
const EXPECTED = "NOSENTRY per-isolate bootstrap compile cache";

/** What miniflare reads from the environment and gives to workerd. Flags of a person's own come last, so they win. */
export const v8Flags = (own = "") => `--initial-old-space-size=${FIRST_COLLECTION_MB} ${own}`.trim();

/** Prints what workerd and the Worker say, as miniflare would. @param {{ level: string, message: string }} log */
export function printLog({ level, message }) {
  if (message.startsWith(EXPECTED)) return;
  if (level === "error" || level === "warn") console.error(styleText("red", message, { stream: process.stderr }));
  else console.log(message);
}
