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
    const page = await signedIn(await browser.newPage({ viewport: { width: 1440, height: 900 } }), server);
    await watchForSights(page);
    const [rowMs, counterMs]: number[][] = [[], []];
    for (let n = 1; n <= lines; n++) {
      const path = `/probe/n${n}`;
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
  await page.goto(`${url}/#token=${token}`);
  await page.getByText("/probe/first").first().waitFor({ timeout: 20_000 });
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

/** In the page: notes when each text of interest was first painted. */
async function watchForSights(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sights: Record<string, number> = {};
    Object.assign(window, { weirSights: sights });
    const note = (text: string) => {
      const names: string[] = text.match(/\/probe\/n\d+/g) ?? [];
      const total = document.querySelector("[data-total=records]")?.textContent?.replace(/\D/g, "");
      if (total) names.push(`total ${total}`);
      const fresh = names.filter((name) => sights[name] === undefined);
      for (const name of fresh) sights[name] = Number.NaN;
      if (fresh.length === 0) return;
      // A frame's callbacks run before its paint; a task queued there runs after it.
      requestAnimationFrame(() =>
        setTimeout(() => {
          for (const name of fresh) sights[name] = performance.timeOrigin + performance.now();
        }),
      );
    };
    const observer = new MutationObserver((changes) => {
      note(changes.map(({ target }) => target.textContent ?? "").join(" "));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

async function sightsOf(page: Page, path: string, total: number): Promise<Sights> {
  const names = [path, `total ${total}`];
  const found = await page.waitForFunction(
    (wanted) => {
      const { weirSights } = window as unknown as { weirSights: Record<string, number> };
      const times = wanted.map((name) => weirSights[name]);
      return times.every((time) => time !== undefined && !Number.isNaN(time)) ? times : undefined;
    },
    names,
    { timeout: 30_000, polling: 20 },
  );
  const [row, counter] = (await found.jsonValue()) as [number, number];
  return { row, counter };
}
