// Pictures of every page in both themes, to be looked at: a fresh server, generated traffic, a real browser. The best are kept in docs/images.
import { ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { spawn } = await import("node:child_process");
const { copyFileSync, mkdirSync, mkdtempSync, rmSync } = await import("node:fs");
const { createServer } = await import("node:net");
const { tmpdir } = await import("node:os");
const { join } = await import("node:path");
const { setTimeout: sleep } = await import("node:timers/promises");
const { chromium } = await import("playwright-core");
const { BROWSER_FLAGS, ensureBrowser, findBrowser } = await import("./lib/browser.mjs");
const { serve } = await import("./lib/serve.mjs");

const KEPT = join(ROOT, "docs", "images");
const ALL = join(ROOT, ".cache", "screenshots");
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const TRAFFIC_SECONDS = Number(process.env.SECONDS ?? 240);

/** Traffic of several services, one of them in trouble. */
const TRAFFIC = [
  ["--service", "shop", "--rate", "220"],
  ["--service", "web", "--rate", "140", "--seed", "2"],
  ["--service", "checkout", "--preset", "shop", "--rate", "60", "--seed", "3"],
  ["--service", "edge-proxy", "--preset", "web", "--rate", "25", "--seed", "4", "--steady"],
];

const SQL = `SELECT ts_ms / 60000 * 60000 AS ts_ms, level, count(*) AS records
FROM logs
WHERE service = 'shop'
GROUP BY 1, 2
ORDER BY 1`;

/** Text of a button that is pressed once the page is filled. */
const PAGES = [
  { name: "overview", path: "/?range=5m" },
  { name: "service", path: "/service/shop?range=5m" },
  { name: "map", path: "/service/shop?range=5m", scrollTo: ".world" },
  { name: "live", path: "/live" },
  { name: "live-beside", path: "/live?beside=checkout,shop,web&mark=product" },
  { name: "live-rewind", path: "/live?service=shop", press: "Rewind" },
  { name: "explore", path: "/explore?service=shop&range=5m" },
  { name: "explore-record", path: "/explore?range=5m&q=level:error", click: ".record-row >> nth=2" },
  { name: "query", path: `/query?${new URLSearchParams({ sql: SQL })}`, press: "Chart" },
  { name: "query-builder", path: "/query", press: "Builder" },
  { name: "pipeline", path: "/pipeline" },
  { name: "settings", path: "/settings?service=shop" },
  { name: "keys", path: "/settings?tab=keys" },
  { name: "keyboard", path: "/", key: "?" },
];
const KEPT_NAMES = new Set([
  ...["overview-dark", "overview-light", "service-dark", "map-dark", "live-beside-dark", "explore-record-light"],
  ...["query-dark", "pipeline-light", "phone-overview-dark"],
]);

const SHOTS = ["dark", "light"].flatMap((theme) => [
  ...PAGES.map((page) => ({ ...page, name: `${page.name}-${theme}`, theme, size: WIDE })),
  ...PAGES.map((page) => ({ ...page, name: `phone-${page.name}-${theme}`, theme, size: PHONE })),
]);

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Every panel has its answer, and the tail some lines more. */
async function isFilled(page) {
  await page.locator("#main .panel").first().waitFor();
  await page.waitForFunction(() => !document.querySelector(".skeleton, .figure-wait, [aria-busy=true]"), undefined, {
    timeout: 30_000,
  });
  await sleep(1_000);
}

async function take({ name, path, theme, size, press, click, key, scrollTo }) {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: "en-GB" });
  try {
    const page = await context.newPage();
    await page.goto(`${origin}${path}#token=${server.token}`);
    await isFilled(page);
    if (press) await page.getByRole("button", { name: press, exact: true }).click();
    if (click) await page.locator(click).first().click();
    if (key) await page.keyboard.press(key);
    if (scrollTo) await page.locator(scrollTo).scrollIntoViewIfNeeded();
    if (press || click || key || scrollTo) await isFilled(page);
    await page.screenshot({ path: join(ALL, `${name}.png`) });
  } finally {
    await context.close();
  }
}

ensureBrowser();
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const stateDir = mkdtempSync(join(tmpdir(), "weir-screenshot-"));
const server = await serve({ host: "127.0.0.1", port, stateDir });
const senders = TRAFFIC.map((settings) =>
  spawn(
    process.execPath,
    [join(ROOT, "scripts/simulate.mjs"), ...settings, "--seconds", "0", "--url", origin, "--token", server.token],
    { stdio: "ignore" },
  ),
);
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_FLAGS });
try {
  for (const folder of [KEPT, ALL]) mkdirSync(folder, { recursive: true });
  console.log(`Traffic for ${TRAFFIC_SECONDS} s …`);
  await sleep(TRAFFIC_SECONDS * 1_000);
  for (const shot of SHOTS) {
    await take(shot);
    console.log(`.cache/screenshots/${shot.name}.png`);
    if (KEPT_NAMES.has(shot.name)) copyFileSync(join(ALL, `${shot.name}.png`), join(KEPT, `${shot.name}.png`));
  }
} finally {
  for (const sender of senders) sender.kill();
  await browser.close();
  await server.stop();
  rmSync(stateDir, { recursive: true, force: true });
}
process.exit(0);
