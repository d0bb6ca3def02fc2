import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, soon } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";

let weir: TestServer;
let browser: Browser;
let shop: Server;
let evil: Server;
let key: string;

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** A site that includes the beacon from Weir, as docs/protocols.md says. */
async function startSite(): Promise<Server> {
  const site = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><title>Site</title><script src="${weir.origin}/beacon.js" data-service="shop" data-key="${key}" defer></script>`,
    );
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => site.once("listening", resolve));
  return site;
}

const api = async <Answer>(path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${weir.origin}${path}`, {
    headers: { Authorization: `Bearer ${weir.token}`, "Content-Type": "application/json" },
    ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as Answer;
};

const pathsOf = async (service: string): Promise<string[]> => {
  const { records } = await api<{ records: { path?: string }[] }>(`/api/logs?service=${service}&from=0`);
  return records.map(({ path }) => path ?? "");
};

beforeAll(async () => {
  [weir, browser] = await Promise.all([startServer(), launchBrowser()]);
  [shop, evil] = await Promise.all([startSite(), startSite()]);
  ({ key } = await api<{ key: string }>("/api/keys", {
    name: "the shop's pages",
    scope: "beacon",
    services: ["shop"],
    origins: [originOf(shop)],
  }));
});

afterAll(async () => {
  shop.close();
  evil.close();
  await browser.close();
  await weir.stop();
});

describe("a public key in a page", () => {
  it("sends from its own site, and from no other that copied it", async () => {
    const other = await browser.newPage();
    const answered = other.waitForResponse((response) => response.url().includes("/beacon/shop"));
    await other.goto(`${originOf(evil)}/stolen`);
    expect((await answered).status()).toBe(403);
    const own = await browser.newPage();
    await own.goto(`${originOf(shop)}/items/7`);
    await soon(() => pathsOf("shop")).toContain("/items/7");
    expect(await pathsOf("shop")).not.toContain("/stolen");
    await Promise.all([own.close(), other.close()]);
  });

  it("reads nothing, from its own site either", async () => {
    const page = await browser.newPage();
    await page.goto(originOf(shop));
    const read = await page.evaluate(
      ([origin, secret]) =>
        fetch(`${origin}/api/logs?key=${secret}`).then(
          ({ status }) => status,
          () => "blocked",
        ),
      [weir.origin, key] as const,
    );
    expect(read).toBe("blocked");
    const asked = await fetch(`${weir.origin}/api/logs?key=${key}`, { headers: { Origin: originOf(shop) } });
    expect(asked.status).toBe(403);
    await page.close();
  });
});
