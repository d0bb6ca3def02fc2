import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openPage, send } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = [
  "/",
  "/service/web",
  "/live?beside=web,shop&mark=items",
  "/explore?columns=level,status,durationMs,line",
  "/query?sql=SELECT level, count(*) AS records FROM logs GROUP BY level",
  "/pipeline",
  "/settings?service=web",
  "/settings?tab=keys",
  "/settings?tab=audit",
];
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await send(server, "web", accessLines());
  await send(
    server,
    "shop",
    `{"level":"error","message":"payment refused","order":{"id":7}}\nplain text with a very-long-word-${"x".repeat(400)}`,
  );
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The last 30 minutes of a small site. */
function accessLines(): string {
  const statuses = [200, 200, 200, 304, 404, 500];
  return Array.from({ length: 300 }, (_, at) => {
    const time = new Date(Date.now() - at * 6_000).toISOString();
    return JSON.stringify({
      ...{
        time,
        method: "GET",
        path: `/items/${at % 7}`,
        status: statuses[at % 6],
        duration_ms: (at % 40) + 3,
        ip: `85.181.35.${at % 90}`,
      },
      ...{
        level: at % 6 === 5 ? "error" : "info",
        referrer: "https://example.com/",
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
      },
    });
  }).join("\n");
}

/** Live pages never fall silent: what is waited for is that nothing is still to come for the first time. */
async function settle(page: Page): Promise<void> {
  await page.locator("#main .panel").first().waitFor();
  await page.waitForFunction(
    () => !document.querySelector("#main .skeleton, #main .figure-wait, #main [aria-busy=true]"),
  );
}

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
}

/** Runs in the page: what has the focus, and whether it, or the field around it, looks different for it. */
async function focused() {
  const element = document.activeElement as HTMLElement;
  const places = [element, element.parentElement, element.parentElement?.parentElement].filter((place) => !!place);
  const looks = () =>
    places.map((place) => {
      const { outline, boxShadow, borderColor } = getComputedStyle(place);
      return `${outline} ${boxShadow} ${borderColor}`;
    });
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await painted();
  const before = looks().join();
  element.blur();
  await painted();
  const isMarked = looks().join() !== before;
  element.focus({ preventScroll: true });
  return { tag: element.tagName, name: element.ariaLabel ?? element.textContent, isMarked };
}

describe.each(PAGES)("%s", (path) => {
  it.each([
    ["dark", WIDE],
    ["light", PHONE],
  ] as const)("has nothing that axe objects to and fits, %s, %j", async (colorScheme, viewport) => {
    const { page, complaints, close } = await openPage(browser, server, path, { colorScheme, viewport });
    await settle(page);
    // The page's policy lets no foreign script in; the browser's own evaluation is no script of the page.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run(),
    );
    expect(
      violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
      ),
    ).toEqual([]);
    expect(complaints).toEqual([]);
    // Nothing makes the page itself scroll sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    await close();
  });

  it("can be walked through by keyboard, and shows where one is", async () => {
    const { page, close } = await openPage(browser, server, path, { viewport: WIDE, reducedMotion: "reduce" });
    await settle(page);
    const reached: string[] = [];
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(focused);
      // Past the last stop the focus goes to the browser's own bar.
      if (focus.tag === "BODY") break;
      expect(focus).toMatchObject({ isMarked: true });
      reached.push(`${focus.tag} ${focus.name}`);
    }
    // Every page of the rail, and something of the page itself: nothing holds the focus on the way.
    for (const name of ["Overview", "Live", "Explore", "Query", "Pipeline", "Settings"])
      expect(reached).toContainEqual(expect.stringContaining(`A ${name}`));
    expect(new Set(reached).size).toBeGreaterThan(7);
    await close();
  });
});

it("keeps the chosen theme, over pages and visits", async () => {
  const { page, close } = await openPage(browser, server, "/", { colorScheme: "dark", viewport: WIDE });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  const button = page.getByRole("button", { name: /^Theme/ });
  while ((await button.getAttribute("aria-label"))?.includes("light") !== true) await button.click();
  const light = await background();
  expect(light).not.toBe(dark);
  await page.reload();
  await page.locator("#main").waitFor();
  expect(await background()).toBe(light);
  await close();
});
