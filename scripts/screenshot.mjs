// Makes the pictures of docs/images: a fresh server, generated traffic, a real browser.
import { ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { spawn } = await import("node:child_process");
const { mkdirSync, mkdtempSync, rmSync } = await import("node:fs");
const { createServer } = await import("node:net");
const { tmpdir } = await import("node:os");
const { join } = await import("node:path");
const { setTimeout: sleep } = await import("node:timers/promises");
const { chromium } = await import("playwright-core");
const { BROWSER_FLAGS, ensureBrowser, findBrowser } = await import("./lib/browser.mjs");
const { serve } = await import("./lib/serve.mjs");

const IMAGES = join(ROOT, "docs", "images");
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

const SHOTS = [
  { name: "overview-dark", path: "/", theme: "dark", size: WIDE },
  { name: "overview-light", path: "/", theme: "light", size: WIDE },
  { name: "service-dark", path: "/service/shop", theme: "dark", size: WIDE },
  { name: "service-light", path: "/service/shop", theme: "light", size: WIDE },
  { name: "live-dark", path: "/live", theme: "dark", size: WIDE },
  { name: "explore-light", path: "/explore?service=shop", theme: "light", size: WIDE },
  { name: "pipeline-dark", path: "/pipeline", theme: "dark", size: WIDE },
  { name: "phone", path: "/", theme: "dark", size: PHONE },
  { name: "phone-service", path: "/service/shop", theme: "light", size: PHONE },
];

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
  await sleep(2_000);
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
  mkdirSync(IMAGES, { recursive: true });
  console.log(`Traffic for ${TRAFFIC_SECONDS} s …`);
  await sleep(TRAFFIC_SECONDS * 1_000);
  for (const { name, path, theme, size } of SHOTS) {
    const context = await browser.newContext({
      viewport: size,
      colorScheme: theme,
      locale: "en-GB",
      deviceScaleFactor: size === PHONE ? 2 : 1,
    });
    const page = await context.newPage();
    await page.goto(`${origin}${path}#token=${server.token}`);
    await isFilled(page);
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
    await context.close();
    console.log(`docs/images/${name}.png`);
  }
} finally {
  for (const sender of senders) sender.kill();
  await browser.close();
  await server.stop();
  rmSync(stateDir, { recursive: true, force: true });
}
process.exit(0);
