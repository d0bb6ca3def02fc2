import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../../../bench/browser.ts";
import { beacon } from "../../../core/ingest/beacon.ts";
import { recordsOf } from "../../core/ingest/request-of.ts";

const SCRIPT = readFileSync(new URL("../../../clients/beacon/beacon.js", import.meta.url));

const PAGE = `<!doctype html><title>Shop</title><h1>Shop</h1><button>Buy</button>
<script src="/beacon.js" data-service="shop" data-key="public" defer></script>`;

interface Sent {
  path: string;
  type: string | undefined;
  body: string;
}

let server: Server;
let browser: Browser;
const sent: Sent[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  server = createServer((request, response) => {
    if (request.method !== "POST") {
      response.setHeader("content-type", request.url === "/beacon.js" ? "text/javascript" : "text/html");
      response.end(request.url === "/beacon.js" ? SCRIPT : PAGE);
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      sent.push({ path: request.url!, type: request.headers["content-type"], body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});

afterAll(async () => {
  await browser.close();
  server.close();
});

it("fits into 1 KB compressed", () => {
  expect(gzipSync(SCRIPT, { level: 9 }).length).toBeLessThan(1_024);
});

it("sends views, errors, vitals and a page's own events from a real browser", async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/items/7?utm=x`);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("boom");
    });
    history.pushState({}, "", "/cart");
    (window as unknown as { weir(event: string, fields: object): void }).weir("purchase", { price: 7 });
  });
  await page.waitForTimeout(100);
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => sent.map(({ body }) => body).join()).toContain("vital");

  expect(new Set(sent.map(({ path, type }) => `${path} ${type}`))).toEqual(
    new Set(["/beacon/shop?key=public text/plain;charset=UTF-8"]),
  );
  const records = sent.flatMap(({ body }) =>
    recordsOf(beacon, { path: "/shop", body, headers: { "user-agent": "x" } }),
  );
  const of = (event: string) => records.filter((record) => record.event === event);

  expect(of("view").map(({ path }) => path)).toEqual(["/items/7?utm=x", "/cart"]);
  expect(of("view")[0]).toMatchObject({ service: "shop", level: "info", attrs: { title: "Shop" } });
  expect(of("error")).toMatchObject([
    { level: "error", message: "boom", attrs: { stack: expect.stringContaining("Error: boom") } },
  ]);
  expect(of("purchase")).toMatchObject([{ attrs: { price: 7 } }]);
  expect(of("vital").map(({ message }) => message)).toContain("TTFB");
  expect(new Set(records.map(({ sessionId }) => sessionId)).size).toBe(1);
});
