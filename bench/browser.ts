import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [
  process.env.CHROME_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** An installed Chromium or Chrome. */
export const browserPath = (): string | undefined => PLACES.find((path) => path && existsSync(path));

/** Opens an installed Chromium or Chrome, else Playwright's own. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  // Root may not use the sandbox; what is opened is our own page only.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
