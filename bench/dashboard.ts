import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";
import { accessLine } from "../tools/simulate/access-line.ts";
import { openBrowser } from "./browser.ts";
import { Connection } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { lighthouse } from "./lighthouse.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

const SERVICE = "frames";
const EVERY_MS = 100;
/** The first moments of a page are its loading, which Lighthouse judges. */
const WARM_UP_MS = 5_000;
const MB = 1024 * 1024;

/** How the page feels while lines pour in, how its memory grows, and what Lighthouse says of it. */
export async function dashboard(figures: Figures, options: BenchOptions): Promise<void> {
  const rate = Number(options.rate ?? 2_000);
  const minutes = Number(options.minutes ?? 2);
  for (const mode of modesOf(options)) {
    await withServer(mode, async (server) => {
      for (const path of ["/live", "/"]) {
        const { frameMs, heapMb } = await watch(server, path, rate, minutes * 60_000);
        const when = `${path} while ${rate} lines/s arrive, ${mode}`;
        figures.add(`frame p50, ${when}`, [quantile(frameMs, 0.5)], "ms");
        figures.add(`frame p95, ${when}`, [quantile(frameMs, 0.95)], "ms");
        figures.add(`frame p99, ${when}`, [quantile(frameMs, 0.99)], "ms");
        figures.add(`heap after ${WARM_UP_MS / 1_000} s, ${when}`, [heapMb[0]!], "MB");
        figures.add(`heap after ${minutes} min, ${when}`, [heapMb.at(-1)!], "MB");
      }
      for (const [path, scores] of await lighthouse(server, ["/", "/live", "/explore"])) {
        for (const [category, score] of scores)
          figures.add(`Lighthouse ${category}, ${path}, ${mode}`, [score], "of 100");
      }
    });
  }
}

async function watch(
  server: Server,
  path: string,
  rate: number,
  lastsMs: number,
): Promise<{ frameMs: number[]; heapMb: number[] }> {
  const browser = await openBrowser();
  const sender = pour(server, rate);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}${path}#token=${server.token}`);
    await page
      .getByLabel(/^Lines/)
      .first()
      .waitFor();
    await sleep(WARM_UP_MS);
    const cdp = await page.context().newCDPSession(page);
    const heapMb = [await heapOf(cdp)];
    const frameMs = await framesOf(page, lastsMs);
    heapMb.push(await heapOf(cdp));
    return { frameMs, heapMb };
  } finally {
    await sender.stop();
    await browser.close();
  }
}

/** Time between two paints, for as long as it lasts. */
const framesOf = (page: Page, lastsMs: number): Promise<number[]> =>
  page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        const startMs = performance.now();
        let beforeMs = startMs;
        const next = (atMs: number) => {
          frames.push(atMs - beforeMs);
          beforeMs = atMs;
          if (atMs - startMs < ms) requestAnimationFrame(next);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(next);
      }),
    lastsMs,
  );

/** What is still held after the page's garbage is gone. */
async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize / MB;
}

/** Sends so many lines a second until it is stopped. */
function pour(server: Server, rate: number): { stop(): Promise<void> } {
  const connection = new Connection(server.url, server.token);
  let isStopped = false;
  const run = async () => {
    let sent = 0;
    for (const startMs = Date.now(); !isStopped; await sleep(EVERY_MS)) {
      const due = Math.floor(((Date.now() - startMs) / 1_000) * rate) - sent;
      if (due <= 0) continue;
      sent += due;
      const { status, text } = await connection.post(`/ingest/${SERVICE}`, linesOf(due));
      if (status !== 200) throw new Error(`lines were answered ${status}: ${text.slice(0, 300)}`);
    }
    connection.close();
  };
  const done = run();
  return {
    async stop() {
      isStopped = true;
      await done;
    },
  };
}

const linesOf = (count: number): string =>
  Array.from({ length: count }, (_, at) =>
    accessLine({
      ...{ tsMs: Date.now(), ip: `198.51.100.${at % 250}`, user: "-", method: "GET", path: `/items/${at % 400}` },
      ...{ protocol: "HTTP/1.1", status: at % 50 === 0 ? 500 : 200, bytes: 512, referrer: "-" },
      ...{ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", durationMs: at % 90 },
    }),
  ).join("\n");

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
