import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectionsOf } from "./axe.ts";
import { launchBrowser, openPage, send } from "./open-page.ts";
import { PAGES } from "./pages.ts";
import { hasRealLogs, sendRealLogs } from "./real-logs.ts";
import { startServer, type TestServer } from "./server.ts";
import { settle } from "./settle.ts";
import { sendSmallSite } from "./small-site.ts";

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  await sendSmallSite(server);
  if (hasRealLogs) await sendRealLogs(server);
  // A service that a page is about is there also where the real logs are not.
  else for (const name of ["apache", "kaggle", "nasa"]) await send(server, name, "a line of its own");
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(PAGES)("$path", ({ path, figures }) => {
  it.each([
    ["wide", WIDE, ["dark", "light"]],
    ["phone", PHONE, ["light", "dark"]],
  ] as const)("is right, whole and accessible in both themes, %s", async (_name, viewport, themes) => {
    const { page, complaints, close } = await openPage(browser, server, path, { viewport, colorScheme: themes[0] });
    await settle(page);
    if (hasRealLogs) await figures?.(page);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      expect(await objectionsOf(page)).toEqual([]);
    }
    // Nothing makes the page itself scroll sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    expect(complaints).toEqual([]);
    await close();
  });
});
