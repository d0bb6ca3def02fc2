import type { Page } from "playwright-core";

/** Live pages never fall silent: what is waited for is that nothing is still to come for the first time. */
export async function settle(page: Page): Promise<void> {
  await page.locator("#main .panel").first().waitFor();
  await page.waitForFunction(
    () => !document.querySelector("#main .skeleton, #main .figure-wait, #main [aria-busy=true]"),
  );
}
