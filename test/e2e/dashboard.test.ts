import type { Browser, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openPage, send, soon } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const lineNow = (message: string): string => JSON.stringify({ time: new Date().toISOString(), level: "info", message });

describe("the dashboard", () => {
  it("tells a first visitor how to send, with this server's address", async () => {
    const { page, close } = await openPage(browser, server, "/");
    await soon(() => page.locator("#main").textContent()).toContain(`${server.origin}/ingest/`);
    await close();
  });

  it("makes traffic for who has none, says that it is a sample wherever it stands, and stops", async () => {
    const { page, complaints, close } = await openPage(browser, server, "/");
    await page.getByRole("button", { name: "Start sample traffic" }).click();
    const services = page.getByRole("region", { name: "Services", exact: true });
    await services
      .getByRole("link", { name: /sample-shop/ })
      .getByText("sample", { exact: true })
      .waitFor();
    await page.getByText("Nothing of it is real").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await soon(() => page.getByText("Nothing of it is real").count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it("signs in by the printed address, and takes the token out of it", async () => {
    const { page, complaints, close } = await openPage(browser, server, "/pipeline");
    await soon(() => page.url()).toBe(`${server.origin}/pipeline`);
    await soon(() => page.locator("#main").textContent()).toMatch(/database/i);
    expect(complaints).toEqual([]);
    await close();
  });

  it("asks who has no session for the token, and takes only the right one", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.origin}/explore`);
    await page.getByLabel("Token").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Token").fill(server.token);
    await page.getByLabel("Token").press("Enter");
    await soon(() => page.getByLabel("Token").count()).toBe(0);
    expect(new URL(page.url()).pathname).toBe("/explore");
    await context.close();
  });

  it("shows a line that was just sent, and counts it, without a reload", async () => {
    await send(server, "shop", lineNow("the first of its kind"));
    const { page, complaints, close } = await openPage(browser, server, "/service/shop");
    // The tail stands below all else, and begins for who comes near.
    await soon(async () => {
      await page.mouse.wheel(0, 5_000);
      return page.getByLabel(/^Lines/).count();
    }).toBe(1);
    await page.getByText("the first of its kind").first().waitFor();
    const records = page.getByRole("region", { name: "Records", exact: true }).locator("strong");
    await soon(() => records.textContent()).toBe("1");

    await send(server, "shop", lineNow("seen while it happens"));
    await page.getByText("seen while it happens").first().waitFor({ timeout: 5_000 });
    await soon(() => records.textContent()).toBe("2");
    expect(complaints).toEqual([]);
    await close();
  });

  it("stands still while it is paused, and shows afterwards what came meanwhile", async () => {
    await send(server, "paused", lineNow("before the pause"));
    const { page, close } = await openPage(browser, server, "/live?service=paused");
    await page.getByText("before the pause").waitFor();
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await send(server, "paused", lineNow("during the pause"));
    await page.getByRole("button", { name: /1 new/ }).waitFor();
    expect(await page.getByText("during the pause").count()).toBe(0);
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByText("during the pause").waitFor();
    await close();
  });

  it("draws of a long tail what is seen, in its order, and stays for who goes from line to line", async () => {
    const { page, complaints, close } = await openPage(browser, server, "/live?service=long");
    const tail = page.getByRole("region", { name: "Live tail of long" });
    for (let first = 0; first < 120; first += 15) {
      const lines = Array.from({ length: 15 }, (_, at) => lineNow(`line ${first + at}`));
      await send(server, "long", lines.join("\n"));
      await tail.getByText(`line ${first + 14}`, { exact: true }).waitFor();
    }
    const texts = await tail.locator(".line-text").allTextContents();
    expect(texts.length).toBeLessThan(100);
    expect(texts).toEqual(texts.map((_, at) => `line ${120 - texts.length + at}`));
    await tail.getByLabel(/^Lines/).press("ArrowUp");
    await tail.getByRole("button", { name: "Resume" }).waitFor();
    await page.keyboard.press("Enter");
    await tail.locator(".detail").getByText("line 119").first().waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it("filters the tail as one types", async () => {
    // A second try has lines of its own.
    const service = `filtered-${Date.now()}`;
    await send(server, service, [lineNow("an apple"), lineNow("a pear")].join("\n"));
    const { page, close } = await openPage(browser, server, `/live?service=${service}`);
    await page.getByText("a pear").waitFor();
    const field = page
      .getByRole("banner")
      .getByRole("searchbox")
      .or(page.getByRole("banner").getByRole("combobox"))
      .or(page.getByRole("banner").getByRole("textbox"))
      .first();
    await field.fill("apple");
    await field.press("Enter");
    await soon(() => page.getByText("a pear").count()).toBe(0);
    await send(server, service, [lineNow("another pear"), lineNow("another apple")].join("\n"));
    await page.getByText("another apple").waitFor();
    expect(await page.getByText("another pear").count()).toBe(0);
    expect(new URL(page.url()).searchParams.get("q")).toBe("apple");
    await close();
  });

  it("shows nothing of the filter before, however late the server hears of another", async () => {
    const service = `late-${Date.now()}`;
    await send(server, service, [lineNow("an apple"), lineNow("a pear")].join("\n"));
    const { page, close } = await openPage(browser, server, "/pipeline");
    let sayIt: (() => void) | undefined;
    let isHeard = false;
    await page.routeWebSocket(/\/api\/live/, (socket) => {
      const remote = socket.connectToServer();
      socket.onMessage((message) => {
        if (!String(message).includes('"filter"')) return remote.send(message);
        sayIt = () => remote.send(message);
      });
      remote.onMessage((message) => {
        socket.send(message);
        if (String(message).includes("a late pear")) isHeard = true;
      });
    });
    await page.goto(`${server.origin}/live?service=${service}`);
    await page.getByText("a pear").waitFor();
    const field = page.getByRole("banner").getByRole("combobox").first();
    await field.fill("apple");
    await field.press("Enter");
    await soon(() => page.getByText("a pear").count()).toBe(0);
    await send(server, service, [lineNow("a late pear"), lineNow("a late apple")].join("\n"));
    await soon(async () => isHeard).toBe(true);
    // Drawn ten times a second at most.
    await page.waitForTimeout(300);
    expect(await page.getByText("a late pear").count()).toBe(0);
    sayIt!();
    await page.getByText("a late apple").waitFor();
    expect(await page.getByText("a late pear").count()).toBe(0);
    await close();
  });

  it("comes back by itself after a lost connection, and shows what it missed", async () => {
    await send(server, "broken", lineNow("before the break"));
    const { page, close } = await openPage(browser, server, "/pipeline");
    const sockets: WebSocketRoute[] = [];
    let isDown = false;
    await page.routeWebSocket(/\/api\/live/, (socket) => {
      if (isDown) return void socket.close({ code: 1011 });
      socket.connectToServer();
      sockets.push(socket);
    });
    await page.goto(`${server.origin}/live?service=broken`);
    await page.getByText("before the break").waitFor();
    isDown = true;
    for (const socket of sockets) await socket.close({ code: 1011 });
    await page.getByText("takes up where it was").waitFor();
    await send(server, "broken", lineNow("during the break"));
    isDown = false;
    await page.getByText("during the break").waitFor({ timeout: 30_000 });
    await close();
  });

  it("shows what was sent before its first connection said anything", async () => {
    await send(server, "silent", lineNow("before the page"));
    const { page, close } = await openPage(browser, server, "/pipeline");
    let isDown = true;
    await page.routeWebSocket(/\/api\/live\?service=/, (socket) => {
      if (isDown) socket.close({ code: 1011 });
      else socket.connectToServer();
    });
    await page.goto(`${server.origin}/live?service=silent`);
    await page.getByText("before the page").waitFor();
    await send(server, "silent", lineNow("while nobody listened"));
    isDown = false;
    await page.getByText("while nobody listened").waitFor({ timeout: 30_000 });
    await close();
  });
});

describe("text from a log", () => {
  const HOSTILE = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;

  it("is shown as text wherever it stands", async () => {
    const fields = {
      time: new Date().toISOString(),
      level: "error",
      message: HOSTILE,
      path: `/${HOSTILE}`,
      browser: HOSTILE,
      referrer: HOSTILE,
    };
    await send(server, "hostile", JSON.stringify({ ...fields, extra: HOSTILE, [HOSTILE]: "a name" }));
    for (const path of ["/", "/service/hostile", "/live?service=hostile", "/explore?service=hostile"]) {
      const { page, complaints, close } = await openPage(browser, server, path);
      await page.getByText(`<img src=x`).first().waitFor();
      expect(await page.locator("img").count()).toBe(0);
      expect(await page.title()).not.toBe("broken");
      expect(complaints).toEqual([]);
      await close();
    }
  });
});
