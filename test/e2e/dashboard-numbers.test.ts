import { existsSync, readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { launchBrowser, openPage, send, soon } from "./open-page.ts";
import { startServer, type TestServer } from "./server.ts";

const LOG = new URL("../../../shared/data/access/elastic_apache_logs.part1.log", import.meta.url);
const TRUTH = new URL("elastic_apache_logs.part1.log.truth.json", LOG);

interface Truth {
  lines: number;
  status: Record<string, number>;
  method: Record<string, number>;
  top_paths: [path: string, count: number][];
  top_hosts: [ip: string, count: number][];
}

if (!existsSync(TRUTH))
  console.warn("The numbers on the page are not compared: no ../shared/data/access beside this project.");

describe.skipIf(!existsSync(TRUTH))("the numbers on the page of a real access log", () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let truth: Truth;

  beforeAll(async () => {
    truth = JSON.parse(readFileSync(TRUTH, "utf8"));
    server = await startServer();
    await send(server, "apache", readFileSync(LOG));
    browser = await launchBrowser();
    ({ page } = await openPage(browser, server, "/service/apache?range=all", {
      viewport: { width: 1440, height: 2400 },
    }));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const panel = (name: string) => page.getByRole("region", { name, exact: true });
  /** The value that a row is about → its count. */
  const rowsOf = async (name: string): Promise<Record<string, number>> => {
    const rows = await panel(name)
      .locator("tr")
      .evaluateAll((found) =>
        found.map((row) => {
          const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "");
          return [(row.querySelector("th button") ?? row.querySelector("th"))?.textContent ?? "", ...cells];
        }),
      );
    const countIn = (cells: string[]) => Number(cells.find((cell) => /^[\d,]+$/.test(cell))?.replaceAll(",", ""));
    return Object.fromEntries(rows.map(([value, ...cells]) => [value, countIn(cells)]));
  };

  it("counts every record", async () => {
    await soon(() => panel("Records").locator("strong").textContent()).toBe(truth.lines.toLocaleString("en"));
  });

  it("counts each status class", async () => {
    const classes: Record<string, number> = {};
    for (const [status, count] of Object.entries(truth.status))
      classes[`${status[0]}xx`] = (classes[`${status[0]}xx`] ?? 0) + count;
    await soon(() => rowsOf("Status")).toMatchObject(classes);
  });

  it("ranks paths, methods and addresses", async () => {
    await soon(() => rowsOf("Top paths")).toMatchObject(Object.fromEntries(truth.top_paths.slice(0, 8)));
    await soon(() => rowsOf("Methods")).toMatchObject(truth.method);
    await soon(() => rowsOf("Top addresses")).toMatchObject(Object.fromEntries(truth.top_hosts.slice(0, 8)));
  });

  it("says that every line is in the database", async () => {
    await page.goto(`${server.origin}/pipeline`);
    await soon(() => page.locator("#main").textContent()).toMatch(/5,000/);
    const headers = { Authorization: `Bearer ${server.token}` };
    await soon(async () => (await (await fetch(`${server.origin}/api/pipeline`, { headers })).json()).unconfirmed).toBe(
      0,
    );
  });
});
