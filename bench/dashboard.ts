import { percentile } from "../tools/sending/meter.ts";
import { pour } from "./dashboard/pour.ts";
import { watchPage } from "./dashboard/watch-page.ts";
import type { Figures } from "./figure.ts";
import { lighthouse } from "./lighthouse.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

/** Judged by Lighthouse; `frames` is the service that the lines before it were sent to. */
const PAGES = ["/", "/service/frames", "/live", "/explore", "/query", "/pipeline", "/settings"];

/** How the page feels while lines pour in, how its memory grows, and what Lighthouse says of every page. */
export async function dashboard(figures: Figures, options: BenchOptions): Promise<void> {
  const rate = Number(options.rate ?? 2_000);
  const minutes = Number(options.minutes ?? 2);
  const watched = listOf(options.watch ?? "/live,/");
  const judged = options.lighthouse === undefined ? PAGES : listOf(options.lighthouse);
  for (const mode of modesOf(options)) {
    await withServer(mode, async (server) => {
      for (const path of watched) await measure(figures, server, path, { rate, minutes, mode });
      // Pages without a line are not what anybody waits for.
      if (watched.length === 0) await fill(server, rate);
      for (const [path, scores] of await lighthouse(server, judged)) {
        for (const [category, score] of scores)
          figures.add(`Lighthouse ${category}, ${path}, ${mode}`, [score], "of 100");
      }
    });
  }
}

const listOf = (list: string): string[] => (list === "none" ? [] : list.split(","));

interface Conditions {
  rate: number;
  minutes: number;
  mode: string;
}

async function measure(figures: Figures, server: Server, path: string, { rate, minutes, mode }: Conditions) {
  const sender = pour(server, rate);
  try {
    const { frameMs, drawMs, layoutMs, held } = await watchPage(server, path, minutes * 60_000);
    const when = `${path} while ${rate} lines/s arrive, ${mode}`;
    for (const share of [0.5, 0.95, 0.99])
      figures.add(`frame p${share * 100}, ${when}`, [percentile(frameMs, share)], "ms");
    figures.add(`processor time of a drawing, ${when}`, [drawMs], "ms");
    figures.add(`layout and style of a drawing, ${when}`, [layoutMs], "ms");
    held.forEach(({ heapMb, nodes }, minute) => {
      const after = `after ${Math.min(minute, minutes)} min`;
      figures.add(`heap ${after}, ${when}`, [heapMb], "MB");
      figures.add(`nodes ${after}, ${when}`, [nodes], "nodes");
    });
  } finally {
    await sender.stop();
  }
}

async function fill(server: Server, rate: number): Promise<void> {
  const sender = pour(server, rate);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await sender.stop();
}
