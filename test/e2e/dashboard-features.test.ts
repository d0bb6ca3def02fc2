import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type OpenedPage, openPage, send, soon } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";

const WIDE = { width: 1440, height: 900 };
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let server: TestServer;
let browser: Browser;

/** One every ten seconds of the last minutes: two of three are quick, of which a tenth fails. */
const line = (at: number, ageMs: number): string =>
  JSON.stringify({
    time: new Date(Date.now() - ageMs).toISOString(),
    ...(at % 3 === 2
      ? { path: "/slow", status: 200, duration_ms: 1_000, level: "info" }
      : {
          path: "/quick",
          status: at % 10 === 0 ? 500 : 200,
          duration_ms: 10,
          level: at % 10 === 0 ? "error" : "info",
        }),
    ...{ method: "GET", message: `request ${at}` },
  });
const COUNT = 180;
const lines = (backMs: number): string =>
  Array.from({ length: COUNT }, (_, at) => line(at, backMs + MINUTE_MS + at * 10_000)).join("\n");

beforeAll(async () => {
  server = await startServer();
  await send(server, "spot", `${lines(0)}\n${lines(DAY_MS)}`);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (path: string): Promise<OpenedPage> =>
  openPage(browser, server, path, { viewport: WIDE, permissions: ["clipboard-read", "clipboard-write"] });
const query = (page: Page) => new URL(page.url()).searchParams;
const panel = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

/** Runs a copied command as a person would: in a shell that knows the token. */
const run = (command: string): string =>
  execFileSync("sh", ["-c", command.replace(/^curl/, "curl -sS")], {
    env: { ...process.env, WEIR_TOKEN: server.token, WEIR_KEY: server.token },
    encoding: "utf8",
  });

describe("a service's page", () => {
  it("tells of each path how often it fails and how long it takes", async () => {
    const { page, complaints, close } = await open("/service/spot?range=1h");
    const paths = panel(page, "Top paths");
    await paths.scrollIntoViewIfNeeded();
    const cells = (path: string) => paths.getByRole("row", { name: path }).getByRole("cell").allTextContents();
    // Of 180, two thirds are quick; of those each tenth of all that is not slow has failed.
    const failed = Array.from({ length: COUNT }, (_, at) => at).filter((at) => at % 3 !== 2 && at % 10 === 0).length;
    await soon(() => cells("/quick")).toEqual(["120", `${((failed / 120) * 100).toFixed(1)} %`, expect.any(String)]);
    const [, errors, p95] = await cells("/slow");
    expect(errors).toBe("0 %");
    // A second, by a sketch that knows two digits.
    expect(p95).toMatch(/^(99\d ms|1(\.0\d)? s)$/);
    await paths.getByRole("link", { name: "Routes" }).click();
    await soon(() => query(page).get("paths")).toBe("routes");
    await soon(() => cells("/slow")).toContain("0 %");
    expect(complaints).toEqual([]);
    await close();
  });

  it("draws yesterday beside today, and tells it in the table", async () => {
    const { page, complaints, close } = await open("/service/spot?range=1h");
    const chart = panel(page, "Records by level");
    await chart.getByRole("button", { name: "info" }).waitFor();
    expect(await chart.getByRole("button", { name: "yesterday" }).count()).toBe(0);
    await page.getByRole("button", { name: "vs yesterday" }).click();
    await chart.getByRole("button", { name: "yesterday" }).waitFor();
    await chart.getByRole("button", { name: "Show Records by level as a table" }).click();
    await soon(() => chart.getByRole("columnheader").allTextContents()).toContain("yesterday");
    const last = chart.getByRole("row").nth(5).getByRole("cell").last();
    await soon(async () => Number(await last.textContent())).toBe(6);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("marks", () => {
  it("are made by the command that the settings copy, drawn on charts, and taken away", async () => {
    const { page, complaints, close } = await open("/settings?tab=marks");
    await page.getByLabel("What happened").fill("spot 'four'");
    await page.getByLabel("Service", { exact: true }).selectOption("spot");
    await page.getByRole("button", { name: "Copy as curl, for a deploy script" }).click();
    const made = JSON.parse(run(await copied(page))) as { title: string; service: string; kind: string };
    expect(made).toMatchObject({ title: "spot 'four'", service: "spot", kind: "deploy" });

    await page.goto(`${server.origin}/service/spot?range=15m`);
    const chart = panel(page, "Records by level").getByRole("img");
    await soon(() => chart.getAttribute("aria-label")).toContain("Marked: spot 'four' at");
    const flag = panel(page, "Records by level").locator(".chart-mark.deploy").first();
    // It goes to the left with the time.
    await soon(async () => {
      const box = (await flag.boundingBox())!;
      await page.mouse.move(box.x - 2, box.y + 60);
      await page.mouse.move(box.x - 1, box.y + 60);
      return panel(page, "Records by level").locator(".tooltip").getByText("spot 'four'").count();
    }).toBeGreaterThan(0);

    await page.goto(`${server.origin}/settings?tab=marks`);
    await page
      .getByRole("row", { name: /spot 'four'/ })
      .getByRole("button", { name: "Take away" })
      .click();
    await page.getByText("Nothing is marked yet").waitFor();
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("settings", () => {
  it("show what a line would become under settings that are not saved", async () => {
    const { page, complaints, close } = await open("/settings?service=spot");
    const tried = panel(page, "Try a line");
    await tried.getByRole("textbox", { name: "Lines to try" }).fill('level=warn msg="disk is full" duration=1500');
    const field = (name: string) => tried.locator(".field-row", { hasText: name }).locator("dd");
    await soon(() => field("message").textContent()).toBe("disk is full");
    await soon(() => field("durationMs").textContent()).toBe("1500");
    await page.getByLabel("Response times").selectOption("us");
    await soon(() => field("durationMs").textContent()).toBe("1.5");
    await page.getByLabel("Parser").fill("no_such_parser");
    await tried.getByRole("alert").getByText("no parser no_such_parser").waitFor();
    await page.getByLabel("Parser").fill("");
    await tried.getByRole("button", { name: "Take the latest" }).click();
    await soon(() => field("path").first().textContent()).toBe("/quick");
    await panel(page, "Archive").getByText("Nothing of spot is archived yet").waitFor();
    // The refusals are the server's answers of 400, which a browser logs by itself.
    expect(complaints.filter((text) => !text.includes("400"))).toEqual([]);
    await close();
  });
});

const errorsWithin = async (fromMs: number, toMs: number): Promise<number> => {
  const about = new URLSearchParams({ service: "spot", q: "level:error", from: String(fromMs), to: String(toMs) });
  const headers = { Authorization: `Bearer ${server.token}` };
  const answer = await fetch(`${server.origin}/api/stats?${about}`, { headers });
  return ((await answer.json()) as { total: { count: number } }).total.count;
};

describe("explore", () => {
  it("hands its records on: as a file, as a command, as JSON", async () => {
    const { page, complaints, close } = await open("/explore?service=spot&range=1h&q=path:/slow");
    const records = panel(page, "Records");
    await records.getByRole("grid").waitFor();
    const downloaded = page.waitForEvent("download");
    await records.getByRole("link", { name: "CSV" }).click();
    const [head, ...rows] = readFileSync((await (await downloaded).path())!, "utf8")
      .trim()
      .split("\r\n");
    expect(head).toContain("path");
    expect(rows).toHaveLength(60);
    expect(rows.every((row) => row.includes("/slow"))).toBe(true);

    await records.getByRole("button", { name: "Copy as curl" }).click();
    const told = JSON.parse(run(await copied(page))) as { records: { path: string }[] };
    expect(told.records.map(({ path }) => path)).toEqual(new Array(60).fill("/slow"));

    await records.getByRole("row").nth(1).click();
    const drawer = page.getByRole("complementary", { name: "Record" });
    await drawer.getByRole("button", { name: "Copy JSON" }).click();
    const record = JSON.parse(await copied(page)) as { seq: number; path: string };
    expect(record.path).toBe("/slow");
    await drawer.getByRole("button", { name: "Copy as curl" }).click();
    expect(JSON.parse(run(await copied(page)))).toMatchObject({ record: { seq: record.seq } });
    expect(complaints).toEqual([]);
    await close();
  });

  it("asks for the records first, and for all its lists at once", async () => {
    const { page, complaints, close } = await open("/pipeline");
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.startsWith("/api/") && searchParams.has("q"))
        asked.push(`${pathname} ${searchParams.get("dimensions") ?? ""}`.trim());
    });
    await page.goto(`${server.origin}/explore?service=spot&range=1h&q=path:/slow`);
    await panel(page, "Methods").waitFor();
    await panel(page, "60 records").waitFor();
    expect(asked).toEqual(["/api/logs", "/api/stats", "/api/top level,status,method,event,country"]);
    expect(complaints).toEqual([]);
    await close();
  });

  it("marks a stretch of the histogram, and facets count and filter what is left", async () => {
    const { page, complaints, close } = await open("/explore?service=spot&range=1h");
    const histogram = page.locator(".histogram");
    const plot = histogram.locator(".u-over");
    await plot.waitFor();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 40, { steps: 6 });
    await page.mouse.up();
    await soon(() => query(page).get("range")).toMatch(/^\d+-\d+$/);
    const [fromMs, toMs] = query(page).get("range")!.split("-").map(Number) as [number, number];
    // Whole bars of about a fifth of an hour.
    expect((toMs - fromMs) / MINUTE_MS).toBeGreaterThanOrEqual(11);
    expect((toMs - fromMs) / MINUTE_MS).toBeLessThanOrEqual(15);

    const levels = panel(page, "Levels");
    const errors = await errorsWithin(fromMs, toMs);
    await soon(() =>
      levels
        .getByRole("row", { name: /^error/ })
        .getByRole("cell")
        .textContent(),
    ).toBe(String(errors));
    await levels.getByRole("button", { name: "error" }).click();
    await soon(() => query(page).get("q")).toBe("level:error");
    const grid = page.getByRole("grid", { name: /^Records/ });
    await soon(() => grid.getAttribute("aria-rowcount")).toBe(String(errors + 1));
    await page.getByRole("button", { name: "Paths" }).click();
    await soon(() => panel(page, "Paths").getByRole("row", { name: "/quick" }).getByRole("cell").textContent()).toBe(
      String(errors),
    );
    await page.goBack();
    await soon(() => query(page).has("q")).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe("a slip", () => {
  it("in a statement is told where it is, and not asked again", async () => {
    const { page, close } = await open(`/query?${new URLSearchParams({ sql: "SELEC 1" })}`);
    const told = panel(page, "Not answered");
    await told.getByText("expected SELECT").waitFor();
    expect(await told.getByRole("button", { name: "Ask again" }).count()).toBe(0);
    await close();
  });

  it("of a filter that finds nothing is answered with what was looked at, and the way out", async () => {
    const { page, close } = await open("/explore?service=spot&range=1h&q=nosuchword");
    const records = panel(page, "Records");
    await records.getByText("No record passes this filter").waitFor();
    expect(await records.locator(".panel-note").textContent()).toMatch(/^(\d+ looked at)?$/);
    await close();
  });
});

it("gives the focus back to the button whose list is closed by Escape", async () => {
  const { page, close } = await open("/explore?service=spot&range=1h");
  const button = page.getByRole("button", { name: "Columns" });
  await button.click();
  await page.getByRole("checkbox", { name: "status" }).focus();
  await page.keyboard.press("Escape");
  await soon(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.getByRole("checkbox", { name: "status" }).count()).toBe(0);
  await close();
});
