import { CannotInstall } from "./install/cache.ts";
import { SENDER_TESTS } from "./registry.ts";
import type { SenderTest } from "./sender-test.ts";

/** The senders that this system can run, installed; a line on the console for each that it cannot. */
export const availableSenders = (): SenderTest[] => SENDER_TESTS.filter(isAvailable);

function isAvailable({ name, install }: SenderTest): boolean {
  try {
    install();
    return true;
  } catch (error) {
    if (!(error instanceof CannotInstall)) throw error;
    console.warn(`skipped: ${name}: ${error.message}`);
    return false;
  }
}
