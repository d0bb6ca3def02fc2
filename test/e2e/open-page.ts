import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { BROWSER_FLAGS, findBrowser } from "../../scripts/lib/browser.mjs";
import type { TestServer } from "./server.ts";

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error("no Chromium or Chrome: npx playwright-core install chromium");
  return chromium.launch({ executablePath, args: BROWSER_FLAGS });
}

export interface OpenedPage {
  page: Page;
  /** Errors and warnings of the console, refusals of the page's policy among them, and errors that nobody caught. */
  complaints: string[];
  close(): Promise<void>;
}

/** A page of a new visitor, signed in by the address that `npm start` prints. */
export async function openPage(
  browser: Browser,
  { origin, token }: TestServer,
  path: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${origin}${path}#token=${token}`);
  await page.locator("#main").waitFor();
  return { page, complaints, close: () => context.close() };
}

/** Sends lines as any sender does. */
export async function send({ origin, token }: TestServer, service: string, body: string | Uint8Array): Promise<void> {
  const response = await fetch(`${origin}/ingest/${service}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: body as BodyInit,
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  await response.body?.cancel();
}

/** What has to be so within a while: answers take long where many tests share a machine. */
export const soon = <Value>(ask: () => Value | Promise<Value>) => expect.poll(ask, { timeout: 20_000, interval: 100 });
