import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  process.env.CHROME_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Without these a browser in a closed network spends its time on look-ups that fail. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Chromium or Chrome of this machine, or the one that Playwright brought; undefined if there is none. */
export function findBrowser() {
  const place = PLACES.find((path) => path && existsSync(path));
  if (place) return place;
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** Finds a browser, on Debian as root installs one, or ends with the command that does. */
export function ensureBrowser() {
  if (findBrowser()) return;
  if (process.platform === "linux" && process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    console.log("Installing Chromium for the browser tests (apt-get install chromium) …");
    spawnSync("sh", ["-c", "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (findBrowser()) return;
  }
  console.error("The browser tests need Chromium or Chrome. Install one with:  npx playwright-core install chromium");
  console.error("or name yours:  CHROME_PATH=/path/to/chrome npm test");
  process.exit(1);
}
