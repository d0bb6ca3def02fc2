import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../../bench/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { arrived } from "./arrived.ts";
import { configurationOf } from "./configuration.ts";

interface Site {
  origin: string;
  /** What stands in its page from now on. */
  html: string;
  server: Server;
}

let weir: TestServer;
let browser: Browser;
let shop: Site;
let stranger: Site;

/** A web site on an origin of its own. */
async function openSite(): Promise<Site> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Shop</title><h1>Shop</h1>${site.html}`);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const site: Site = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, html: "", server };
  return site;
}

/** Opens the page, throws in it, and leaves it: the last things of a page are sent then. */
async function visit(address: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => "weir" in globalThis);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("the cart is empty");
    });
    (globalThis as unknown as { weir(event: string, more: object): void }).weir("purchase", { price: 7 });
  });
  await page.waitForTimeout(200);
  await page.goto("about:blank");
  await context.close();
}

beforeAll(async () => {
  weir = await startServer();
  browser = await openBrowser();
  [shop, stranger] = [await openSite(), await openSite()];
});
afterAll(async () => {
  await browser?.close();
  shop?.server.close();
  stranger?.server.close();
  await weir?.stop();
});

it("a page with the configuration that is given out sends views, errors and its own events, under a key for its origin alone", async () => {
  const answer = await fetch(`${weir.origin}/api/keys`, {
    method: "POST",
    headers: { Authorization: `Bearer ${weir.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "shop", scope: "beacon", services: ["shop"], origins: [shop.origin] }),
  });
  expect(answer.status).toBe(201);
  const { key } = (await answer.json()) as { key: string };
  const { files } = configurationOf("browser-beacon", { origin: weir.origin, service: "shop", key });
  shop.html = files[0]!.text;
  stranger.html = files[0]!.text;

  const server = { url: weir.origin, token: weir.token };
  await visit(shop.origin);
  const records = await arrived(server, "shop", 3, 10_000);
  const by = (event: string) => records.find((record) => record.event === event);
  expect(by("view")).toMatchObject({ path: "/", browser: expect.any(String), os: expect.any(String) });
  expect(by("error")).toMatchObject({ level: "error", message: expect.stringContaining("the cart is empty") });
  expect(by("purchase")).toMatchObject({ attrs: { price: 7 } });

  await visit(stranger.origin);
  await visit(shop.origin);
  const all = await arrived(server, "shop", records.length * 2, 10_000);
  expect(all.filter(({ event }) => event === "purchase")).toHaveLength(2);
});
