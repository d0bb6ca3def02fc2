// Pictures of every page in both themes and widths, to be looked at: `npm run screenshot [-- PAGE…]`. A fresh server,
// generated traffic (SECONDS, RATE as a share of it), a real browser. The best of a whole run are kept in docs/images.
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
/** 5: some 2,000 lines a second. */
const RATE = Number(process.env.RATE ?? 1);

/** Nobody waits for a picture: a busy machine may take its time. */
const WITHIN_MS = 180_000;

/** Traffic of several services, one of them in trouble. */
const TRAFFIC = [
  { rate: 220, settings: ["--service", "shop"] },
  { rate: 140, settings: ["--service", "web", "--seed", "2"] },
  { rate: 60, settings: ["--service", "checkout", "--preset", "shop", "--seed", "3"] },
  { rate: 25, settings: ["--service", "edge-proxy", "--preset", "web", "--seed", "4", "--steady"] },
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
const KEPT_NAMES = [
  ...["overview-dark", "overview-light", "service-dark", "map-dark", "live-beside-dark", "explore-record-light"],
  ...["query-dark", "pipeline-light", "phone-overview-dark"],
];

const only = process.argv.slice(2);
const SHOTS = PAGES.flatMap((page) => [
  { ...page, size: WIDE },
  { ...page, name: `phone-${page.name}`, size: PHONE },
]).filter(({ name }) => only.length === 0 || only.includes(name.replace("phone-", "")));

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
    timeout: WITHIN_MS,
  });
  await sleep(1_000);
}

/** One visit, a picture in each theme. */
async function take({ name, path, size, press, click, key, scrollTo }) {
  const context = await browser.newContext({ viewport: size, colorScheme: "dark", locale: "en-GB" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(WITHIN_MS);
    await page.goto(`${origin}${path}#token=${server.token}`);
    await isFilled(page);
    if (press) await page.getByRole("button", { name: press, exact: true }).click();
    if (click) await page.locator(click).first().click();
    if (key) await page.keyboard.press(key);
    if (scrollTo) await page.locator(scrollTo).scrollIntoViewIfNeeded();
    if (press || click || key || scrollTo) await isFilled(page);
    for (const colorScheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme });
      await sleep(300);
      await page.screenshot({ path: join(ALL, `${name}-${colorScheme}.png`) });
      console.log(`.cache/screenshots/${name}-${colorScheme}.png`);
    }
  } finally {
    await context.close();
  }
}

ensureBrowser();
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const stateDir = mkdtempSync(join(tmpdir(), "weir-screenshot-"));
const server = await serve({ host: "127.0.0.1", port, stateDir });
const senders = new Set();
function startSender({ rate, settings }) {
  const where = ["--seconds", "0", "--url", origin, "--token", server.token];
  const args = [...settings, "--rate", String(rate * RATE), ...where];
  const sender = spawn(process.execPath, [join(ROOT, "scripts/simulate.mjs"), ...args], { stdio: "ignore" });
  senders.add(sender);
  // One that gave up on a busy machine begins again.
  sender.once("exit", () => {
    senders.delete(sender);
    setTimeout(() => startSender({ rate, settings }), 1_000).unref();
  });
}
for (const traffic of TRAFFIC) startSender(traffic);
// Whatever ends this script ends them: they would send for ever, and wait for the answers of a server that is gone.
process.on("exit", () => {
  for (const sender of senders) sender.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_FLAGS });
try {
  for (const folder of [KEPT, ALL]) mkdirSync(folder, { recursive: true });
  console.log(`Traffic for ${TRAFFIC_SECONDS} s …`);
  await sleep(TRAFFIC_SECONDS * 1_000);
  for (const shot of SHOTS) await take(shot);
  if (only.length === 0)
    for (const name of KEPT_NAMES) copyFileSync(join(ALL, `${name}.png`), join(KEPT, `${name}.png`));
} finally {
  await browser.close();
  await server.stop();
  rmSync(stateDir, { recursive: true, force: true });
}
process.exit(0);
