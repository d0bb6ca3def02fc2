import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPage, send, soon } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer("dev"), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it("runs under wrangler dev as it does under npm start: signs in, takes lines, shows them", async () => {
  const { page, complaints, close } = await openPage(browser, server, "/pipeline");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Token").fill(server.token);
  await page.getByLabel("Token").press("Enter");
  await soon(() => page.getByLabel("Token").count()).toBe(0);

  await send(server, "shop", "sent before the page was open");
  await page.goto(`${server.origin}/live?service=shop`);
  await page.getByText("sent before the page was open").waitFor();
  await send(server, "shop", "sent while it was open");
  await page.getByText("sent while it was open").waitFor();

  await page.goto(`${server.origin}/service/shop?range=1h`);
  const records = page.getByRole("region", { name: "Records", exact: true }).locator("strong");
  await soon(() => records.textContent()).toBe("2");
  expect(complaints).toEqual([]);
  await close();
});
