import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { accessLine } from "../tools/simulate/access-line.ts";
import { openBrowser } from "./browser.ts";
import { Connection } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

const SERVICE = "live";

/** Sights of one line in the page, as epoch milliseconds with fractions. */
interface Sights {
  row: number;
  counter: number;
}

/** From the moment a line is posted until an open page has painted its row and its new total. */
export async function live(figures: Figures, options: BenchOptions): Promise<void> {
  const lines = Number(options.lines ?? 200);
  for (const mode of modesOf(options)) {
    await withServer(mode, async (server) => {
      const { rowMs, counterMs } = await watchInBrowser(server, lines);
      figures.addLatency(`posted to row painted in the live tail, ${mode}`, rowMs);
      figures.addLatency(`posted to counter painted, ${mode}`, counterMs);
    });
  }
}

async function watchInBrowser(server: Server, lines: number): Promise<{ rowMs: number[]; counterMs: number[] }> {
  const browser = await openBrowser();
  const connection = new Connection(server.url, server.token);
  try {
    await post(connection, "/probe/first");
    // So high that the tail is in sight.
    const page = await signedIn(await browser.newPage({ viewport: { width: 1440, height: 1400 } }), server);
    await watchForSights(page);
    const [rowMs, counterMs]: number[][] = [[], []];
    for (let n = 1; n <= lines; n++) {
      const path = `/probe/${n}/end`;
      const total = n + 1;
      const postedMs = nowMs();
      await post(connection, path);
      const { row, counter } = await sightsOf(page, path, total);
      rowMs!.push(row - postedMs);
      counterMs!.push(counter - postedMs);
      // Not in step with the server's frames of 100 ms.
      await sleep(randomInt(50, 350));
    }
    return { rowMs: rowMs!, counterMs: counterMs! };
  } finally {
    connection.close();
    await browser.close();
  }
}

/** The clock that a page on the same machine has too. */
const nowMs = () => performance.timeOrigin + performance.now();

async function signedIn(page: Page, { url, token }: Server): Promise<Page> {
  await page.goto(`${url}/?range=1h#token=${token}`);
  await page
    .getByLabel(/^Lines/)
    .getByText("/probe/first")
    .waitFor({ timeout: 20_000 });
  return page;
}

async function post(connection: Connection, path: string): Promise<void> {
  const line = accessLine({
    ...{ tsMs: Date.now(), ip: "198.51.100.7", user: "-", method: "GET", path, protocol: "HTTP/1.1" },
    ...{ status: 200, bytes: 512, referrer: "-", userAgent: "curl/8.11.1", durationMs: 3 },
  });
  const { status, text } = await connection.post(`/ingest/${SERVICE}`, line);
  if (status !== 200) throw new Error(`a line was answered ${status}: ${text.slice(0, 300)}`);
}

/** In the page: notes when each path in the tail, and each total, was first painted. */
async function watchForSights(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sights: Record<string, number> = {};
    Object.assign(window, { weirSights: sights });
    const observer = new MutationObserver((changes) => {
      const tail = document.querySelector('[aria-label^="Lines"]');
      const rows = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => tail?.contains(node));
      const names = rows.flatMap(({ textContent }) => /\/probe\/\d+\/end/.exec(textContent ?? "") ?? []) as string[];
      const total = document.querySelector("[aria-label=Records] [title]")?.getAttribute("title");
      if (total) names.push(`total ${total.replace(/\D/g, "")}`);
      const fresh = names.filter((name) => sights[name] === undefined);
      for (const name of fresh) sights[name] = Number.NaN;
      if (fresh.length === 0) return;
      // A frame's callbacks run before its paint; a task queued there runs after it.
      requestAnimationFrame(() =>
        setTimeout(() => {
          for (const name of fresh) sights[name] = performance.timeOrigin + performance.now();
        }),
      );
    });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ["title"],
    });
  });
}

async function sightsOf(page: Page, path: string, total: number): Promise<Sights> {
  const names = [path, `total ${total}`];
  const timesOf = () =>
    page.evaluate((wanted) => {
      const { weirSights } = window as unknown as { weirSights: Record<string, number> };
      return wanted.map((name) => weirSights[name] ?? Number.NaN);
    }, names);
  for (const byMs = Date.now() + 30_000; ; await sleep(20)) {
    const [row, counter] = (await timesOf()) as [number, number];
    if (!Number.isNaN(row + counter)) return { row, counter };
    if (Date.now() > byMs) throw new Error(`the page showed ${path} at ${row} and ${total} records at ${counter}`);
  }
}
