import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";
import { openBrowser } from "../browser.ts";
import type { Server } from "../with-server.ts";

/** The first moments of a page are its loading, which Lighthouse judges. */
const WARM_UP_MS = 5_000;
const MB = 1024 * 1024;

/** What a page held at a moment, after its garbage was collected. */
interface Held {
  heapMb: number;
  nodes: number;
}

interface Watched {
  /** Times between two paints. */
  frameMs: number[];
  /** Processor time of the page's main thread for each drawing of the tail, and the part of it that was layout and style. */
  drawMs: number;
  layoutMs: number;
  /** At the start, then after each minute (or what was left of the last). */
  held: Held[];
}

/** Looks at a page for so long, as a person would, while lines arrive. */
export async function watchPage(server: Server, path: string, lastsMs: number): Promise<Watched> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}${path}#token=${server.token}`);
    // On a page with more than its tail that is at the end, and begins for who comes near.
    await page.waitForFunction(() => {
      scrollTo(0, document.body.scrollHeight);
      return document.querySelector(".lines");
    });
    await sleep(WARM_UP_MS);
    await countDraws(page);
    const cdp = await page.context().newCDPSession(page);
    // Time that the thread had the processor, not time that went by: other programs do not count.
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    const held = [await heldOf(cdp)];
    const frameMs: number[] = [];
    const work = { taskMs: 0, layoutMs: 0, draws: 0 };
    for (let leftMs = lastsMs; leftMs > 0; leftMs -= 60_000) {
      const before = await workOf(page, cdp);
      // Collected by the minute: a page that held them all would grow by them.
      frameMs.push(...(await framesOf(page, Math.min(60_000, leftMs))));
      const after = await workOf(page, cdp);
      for (const name of ["taskMs", "layoutMs", "draws"] as const) work[name] += after[name] - before[name];
      held.push(await heldOf(cdp));
    }
    return { frameMs, drawMs: work.taskMs / work.draws, layoutMs: work.layoutMs / work.draws, held };
  } finally {
    await browser.close();
  }
}

/** Counts how often the lines of the tail are drawn anew. */
const countDraws = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const counter = globalThis as unknown as { draws: number };
    counter.draws = 0;
    new MutationObserver(() => counter.draws++).observe(document.querySelector(".lines")!, {
      ...{ childList: true, subtree: true, characterData: true },
    });
  });

async function workOf(page: Page, cdp: CDPSession): Promise<{ taskMs: number; layoutMs: number; draws: number }> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const secondsOf = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    taskMs: secondsOf("TaskDuration") * 1_000,
    layoutMs: (secondsOf("LayoutDuration") + secondsOf("RecalcStyleDuration")) * 1_000,
    draws: await page.evaluate(() => (globalThis as unknown as { draws: number }).draws),
  };
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

async function heldOf(cdp: CDPSession): Promise<Held> {
  await cdp.send("HeapProfiler.enable");
  // Twice: what a first round lets go of may hold more.
  for (let round = 0; round < 2; round++) await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { nodes } = await cdp.send("Memory.getDOMCounters");
  return { heapMb: usedSize / MB, nodes };
}
