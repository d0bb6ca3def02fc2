import { setTimeout as sleep } from "node:timers/promises";
import { accessLog } from "./access-log.ts";
import { untilStored } from "./api.ts";
import { Connection } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { memoryOf } from "./memory-of.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { filtersOf } from "./watchers/filters.ts";
import { Watcher } from "./watchers/watcher.ts";
import { type Server, withServer } from "./with-server.ts";

const SERVICE = "watched";
const FILTERS = 50;
/** Lines go out in a batch of so many, each in its own moment. */
const BATCH_EVERY_MS = 25;
/** A server that cannot keep up still gets batches that it takes. */
const MAX_BATCH = 5_000;

/** A thousand watchers with fifty filters while lines arrive: from the send to the sight, and nothing left out unsaid. */
export async function watchers(figures: Figures, options: BenchOptions): Promise<void> {
  const count = Number(options.watchers ?? 1_000);
  const rate = Number(options.rate ?? 2_000);
  const seconds = Number(options.seconds ?? 30);
  for (const mode of modesOf(options)) {
    await withServer(mode, (server) => watchAll(figures, server, { count, rate, seconds, mode }));
  }
}

interface Load {
  count: number;
  rate: number;
  seconds: number;
  mode: string;
}

async function watchAll(figures: Figures, server: Server, { count, rate, seconds, mode }: Load): Promise<void> {
  const filters = filtersOf(FILTERS);
  const all = Array.from({ length: count }, (_, at) => new Watcher(server, SERVICE, filters[at % FILTERS]!));
  await Promise.all(all.map(({ opened }) => opened));
  const sentMs = await sendLines(server, rate, seconds);
  await untilStored(server, SERVICE, sentMs.length);
  await sleep(1_000);

  const seenMs: number[] = [];
  let shown = 0;
  let left = 0;
  for (const watcher of all) {
    for (const { number, atMs } of watcher.sights) seenMs.push(atMs - sentMs[number]!);
    shown += watcher.sights.length;
    left += watcher.leftOut;
  }
  const what = `${count} watchers, ${FILTERS} filters, ${rate} lines/s, ${mode}`;
  figures.addLatency(`sent to seen, ${what}`, seenMs);
  figures.add(`records shown, ${what}`, [shown], "records");
  figures.add(`records left out and told by number, ${what}`, [left], "records");
  figures.add(`records neither shown nor told, ${what}`, [unsaid(all, sentMs.length)], "records");
  figures.add(`workerd memory, ${what}`, [memoryOf(server.pid, "workerd")], "MiB");
  for (const watcher of all) watcher.close();
}

/** What watchers of the same filter have to agree on, and those without a filter with what was sent. */
function unsaid(all: readonly Watcher[], sent: number): number {
  const most = new Map<string, number>();
  const toldOf = (watcher: Watcher) => watcher.sights.length + watcher.leftOut;
  for (const watcher of all) most.set(watcher.filter, Math.max(most.get(watcher.filter) ?? 0, toldOf(watcher)));
  most.set("", sent);
  return all.reduce((sum, watcher) => sum + Math.abs(most.get(watcher.filter)! - toldOf(watcher)), 0);
}

/** Sends lines at a pace, in small batches over one connection; answers when each was sent, by its number. */
async function sendLines(server: Server, rate: number, seconds: number): Promise<number[]> {
  const log = accessLog(1, rate * seconds, Date.now() - 60_000);
  const connection = new Connection(server.url, server.token);
  const sentMs: number[] = [];
  const startMs = performance.now();
  while (sentMs.length < rate * seconds) {
    const due = Math.floor(((performance.now() - startMs) / 1_000) * rate);
    const to = Math.min(rate * seconds, due, sentMs.length + MAX_BATCH);
    const lines: string[] = [];
    const nowMs = Date.now();
    for (; sentMs.length < to; sentMs.push(nowMs))
      lines.push(log.next().replace(" HTTP/", `?n=${sentMs.length} HTTP/`));
    if (lines.length > 0) {
      const { status, text } = await connection.post(`/ingest/${SERVICE}`, lines.join("\n"));
      if (status !== 200) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
    }
    await sleep(BATCH_EVERY_MS);
  }
  connection.close();
  return sentMs;
}
