import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openPage } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";
import { settle } from "./settle.ts";
import { sendSmallSite } from "./small-site.ts";

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

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  await sendSmallSite(server);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

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

it("signs out everywhere, once one is sure", async () => {
  const elsewhere = await openPage(browser, server, "/pipeline");
  const { page, close } = await openPage(browser, server, "/settings?tab=keys");
  const sessions = page.getByRole("region", { name: "Sessions" });
  await sessions.getByRole("button", { name: "Sign out everywhere" }).click();
  await sessions.getByRole("button", { name: "Really everywhere" }).click();
  await page.getByLabel("Token").waitFor();
  await elsewhere.page.reload();
  await elsewhere.page.getByLabel("Token").waitFor();
  await close();
  await elsewhere.close();
});
