import type { Page } from "playwright-core";
import { expect } from "vitest";
import { soon } from "./open-page.ts";
import { REAL_LOGS, type RealLog, textOf, truthOf } from "./real-logs.ts";

/** Sketches of response times are this exact: `core/summary`. */
const QUANTILE_ERROR = 0.02;

const shown = (count: number): string => count.toLocaleString("en");
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
/** The row of a service in a table of services. */
const rowOf = (page: Page, table: string, service: string) =>
  panel(page, table)
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name: service }) });
const counts = (pairs: readonly [string, number][], most: number) => Object.fromEntries(pairs.slice(0, most));

/** The value that a row is about → its count, every digit of it. */
async function rowsOf(page: Page, name: string): Promise<Record<string, number>> {
  const rows = await panel(page, name)
    .locator("tr")
    .evaluateAll((found) =>
      found.map((row) => {
        const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "");
        return [(row.querySelector("th button") ?? row.querySelector("th"))?.textContent ?? "", ...cells];
      }),
    );
  const countIn = (cells: string[]) => Number(cells.find((cell) => /^[\d,]+$/.test(cell))?.replaceAll(",", ""));
  return Object.fromEntries(rows.map(([value, ...cells]) => [value, countIn(cells)]));
}

function classesOf(status: Record<string, number>): Record<string, number> {
  const classes: Record<string, number> = {};
  for (const [code, count] of Object.entries(status)) {
    const name = `${code[0]}xx`;
    classes[name] = (classes[name] ?? 0) + count;
  }
  return classes;
}

/** The overview: how many records each service has, and all of them together. */
export async function overviewFigures(page: Page, others: number): Promise<void> {
  for (const name of REAL_LOGS) {
    const row = rowOf(page, "Services", name);
    await soon(() => row.locator("td").nth(2).getAttribute("title")).toBe(shown(truthOf(name).lines));
  }
  const all = REAL_LOGS.reduce((sum, name) => sum + truthOf(name).lines, others);
  await soon(() => panel(page, "Records").locator(".figure-value").getAttribute("title")).toBe(shown(all));
}

/** A service's page: every count that the truth has. */
export const serviceFigures = (name: RealLog) => async (page: Page) => {
  const truth = truthOf(name);
  const failed = Object.entries(truth.status).reduce((sum, [code, count]) => sum + (code >= "500" ? count : 0), 0);
  await soon(() => panel(page, "Records").locator("strong").textContent()).toBe(shown(truth.lines));
  await soon(() => panel(page, "Errors").locator(".figure-value").getAttribute("title")).toBe(
    `${shown(failed)} of ${shown(truth.lines)} records`,
  );
  await soon(() => rowsOf(page, "Status")).toMatchObject(classesOf(truth.status));
  await soon(() => rowsOf(page, "Methods")).toMatchObject(truth.method);
  await soon(() => rowsOf(page, "Top paths")).toMatchObject(counts(truth.top_paths, 8));
  // Where every address came once, which of them are on top is nobody's truth.
  if (truth.top_hosts[0]![1] > 1)
    await soon(() => rowsOf(page, "Top addresses")).toMatchObject(counts(truth.top_hosts, 8));
  await soon(() => rowsOf(page, "Referring pages")).toMatchObject(counts(truth.top_referers, 8));
  if (truth.response_time) {
    const value = await panel(page, "Response p95").locator(".figure-value").textContent();
    const [, seconds] = /^([\d.]+)\s*s/.exec(value ?? "") ?? [];
    expect(Math.abs(Number(seconds) * 1_000 - truth.response_time.p95_nearest_rank)).toBeLessThan(
      truth.response_time.p95_nearest_rank * QUANTILE_ERROR,
    );
  }
};

/** The tail: how many came, and that the last line is the log's last. */
export const tailFigures = (name: RealLog) => async (page: Page) => {
  const tail = panel(page, `Live tail of ${name}`);
  await soon(() => tail.locator(".panel-note").textContent()).toContain(`${shown(truthOf(name).lines)} in all`);
  const [, method, path, status] = /"(\w+) (\S+) [^"]*" (\d+)/.exec(textOf(name).trimEnd().split("\n").at(-1)!)!;
  await soon(() => tail.locator(".line-text").last().textContent()).toContain(`${status}${method} ${path}`);
};

/** The facets of the records. */
export const facetFigures = (name: RealLog) => async (page: Page) => {
  const { status, method } = truthOf(name);
  const statuses = Object.entries(status).sort(([, a], [, b]) => b - a);
  await soon(() => rowsOf(page, "Statuses")).toMatchObject(counts(statuses, 6));
  await soon(() => rowsOf(page, "Methods")).toMatchObject(method);
};

/** A statement's rows: status, count. */
export const sqlFigures = (name: RealLog) => async (page: Page) => {
  const cells = panel(page, "Rows").getByRole("cell");
  await soon(async () => {
    const texts = (await cells.allTextContents()).map((text) => text.replaceAll(",", ""));
    return Object.fromEntries(texts.flatMap((text, at) => (at % 2 === 0 ? [[text, Number(texts[at + 1])]] : [])));
  }).toEqual(truthOf(name).status);
};

/** The proof: every line that was acknowledged is stored. */
export async function pipelineFigures(page: Page): Promise<void> {
  for (const name of REAL_LOGS) {
    const row = rowOf(page, "Streams", name);
    const lines = shown(truthOf(name).lines);
    await soon(async () => (await row.locator("td").allTextContents()).slice(1, 3)).toEqual([lines, lines]);
  }
}
