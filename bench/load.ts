import { setTimeout as sleep } from "node:timers/promises";
import { accessLine } from "../tools/simulate/access-line.ts";
import { accessLog } from "./access-log.ts";
import { ask, countsOf, type StreamCounts, untilStored } from "./api.ts";
import { bodiesOf } from "./bodies-of.ts";
import { Connection, onConnections } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { memoryOf } from "./memory-of.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { LiveWatcher } from "./seen.ts";
import { type Server, withServer } from "./with-server.ts";

const SERVICES = Array.from({ length: 10 }, (_, i) => `load-${i}`);
const CONNECTIONS = 8;
const BATCH = 500;
const BODIES = 200;

/** As fast as they go for so long: what of that is stored in the time is what can be stored. */
const TRY_SECONDS = 60;
/** Of what can be stored, so much holds: at all of it, whatever slows the machine down for a moment is never caught up. */
const HELD_SHARE = 0.8;

/** Ten services at once for some minutes: does it hold its speed, its latency and its memory? */
export async function load(figures: Figures, options: BenchOptions): Promise<void> {
  const minutes = Number(options.minutes ?? 5);
  for (const mode of modesOf(options)) {
    await withServer(mode, async (server) => {
      const sent: Sent = new Map(SERVICES.map((service) => [service, 0]));
      const rate = await rateOf(options, server, sent);
      await press(figures, server, minutes, rate, sent);
    });
  }
}

/** Records sent to each service. */
type Sent = Map<string, number>;

const linesOf = (sent: Sent): number => [...sent.values()].reduce((sum, count) => sum + count, 0);

/** Lines a second over all services: `--rate`, `--rate max` for as many as go, or by itself the highest that holds. */
async function rateOf({ rate }: BenchOptions, server: Server, sent: Sent): Promise<number> {
  if (rate !== undefined) return rate === "max" ? Number.POSITIVE_INFINITY : Number(rate);
  const startMs = performance.now();
  await sendBatches(server, startMs + TRY_SECONDS * 1_000, Number.POSITIVE_INFINITY, sent, []);
  for (const service of SERVICES) await untilStored(server, service, sent.get(service)!);
  return (HELD_SHARE * linesOf(sent)) / ((performance.now() - startMs) / 1_000);
}

async function press(figures: Figures, server: Server, minutes: number, rate: number, sent: Sent): Promise<void> {
  const endMs = performance.now() + minutes * 60_000;
  const before = linesOf(sent);
  const memory = [memoryOf(server.pid, "workerd")];
  const [ackMs, seenMs, lagMs]: [number[], number[], number[]] = [[], [], []];
  const startMs = performance.now();
  await Promise.all([
    sendBatches(server, endMs, rate, sent, ackMs),
    sendProbes(server, endMs, sent, seenMs),
    watch(server, endMs, memory, lagMs),
  ]);
  const lines = linesOf(sent) - before;
  const tookS = (performance.now() - startMs) / 1_000;
  for (const service of SERVICES) await untilStored(server, service, sent.get(service)!);
  const drainedS = (performance.now() - startMs) / 1_000;
  for (const service of SERVICES) await checkCount(server, service, sent.get(service)!);

  figures.add(
    `acknowledged, ${SERVICES.length} services, ${CONNECTIONS} connections, ${minutes} min`,
    [lines / tookS],
    "lines/s",
  );
  figures.add("stored, until the last line", [lines / drainedS], "lines/s");
  figures.addLatency(`batch of ${BATCH} acknowledged`, ackMs);
  figures.addLatency("line sent to seen on the live socket", seenMs);
  figures.addLatency("lag: age of the oldest line not in the database", lagMs);
  // A rate that holds does not let it grow.
  const third = Math.ceil(lagMs.length / 3);
  figures.add("lag in the first third", lagMs.slice(0, third), "ms");
  figures.add("lag in the last third", lagMs.slice(-third), "ms");
  figures.add("workerd memory at the start", [memory[0]!], "MiB");
  figures.add("workerd memory after a third", [memory[Math.floor(memory.length / 3)]!], "MiB");
  figures.add("workerd memory in the last minute", memory.slice(-12), "MiB");
}

async function sendBatches(server: Server, endMs: number, rate: number, sent: Sent, ackMs: number[]): Promise<void> {
  const log = accessLog(1, BODIES * BATCH, Date.now() - 3_600_000);
  const bodies = bodiesOf(log, BODIES * BATCH, BATCH);
  const startMs = performance.now();
  let batches = 0;
  await onConnections(CONNECTIONS, server, async (connection) => {
    if (performance.now() > endMs) return false;
    const number = batches++;
    const waitMs = startMs + ((number * BATCH) / rate) * 1_000 - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    const service = SERVICES[number % SERVICES.length]!;
    const sentMs = performance.now();
    const { status, text } = await connection.post(`/ingest/${service}`, bodies[number % BODIES]!);
    if (status === 503 || status === 429) {
      await sleep(1_000);
      return true;
    }
    if (status !== 200) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
    ackMs.push(performance.now() - sentMs);
    sent.set(service, sent.get(service)! + BATCH);
    return true;
  });
}

/** A single line now and then, and how long it takes to a watcher. */
async function sendProbes(server: Server, endMs: number, sent: Sent, seenMs: number[]): Promise<void> {
  const service = SERVICES[0]!;
  const watcher = new LiveWatcher(server, service, "path:/probe/*");
  await watcher.opened;
  const connection = new Connection(server.url, server.token);
  for (let probe = 0; performance.now() < endMs - 5_000; probe++) {
    const path = `/probe/${probe}`;
    const sentMs = performance.now();
    const seen = watcher.seen(path).then(() => seenMs.push(performance.now() - sentMs));
    await connection.post(`/ingest/${service}`, probeLine(path));
    sent.set(service, sent.get(service)! + 1);
    await seen;
    await sleep(200);
  }
  connection.close();
  watcher.close();
}

const probeLine = (path: string) =>
  accessLine({
    ...{ tsMs: Date.now(), ip: "198.51.100.7", user: "-", method: "GET", path, protocol: "HTTP/1.1" },
    ...{ status: 200, bytes: 512, referrer: "-", userAgent: "curl/8.11.1", durationMs: 3 },
  });

/** Every five seconds: memory of the runtime, and how far the database is behind. */
async function watch(server: Server, endMs: number, memory: number[], lagMs: number[]): Promise<void> {
  while (performance.now() < endMs) {
    await sleep(5_000);
    memory.push(memoryOf(server.pid, "workerd"));
    const { streams } = await ask<{ streams: (StreamCounts & { lagMs: number })[] }>(server, "/api/pipeline");
    lagMs.push(Math.max(0, ...streams.map((stream) => stream.lagMs)));
  }
}

async function checkCount(server: Server, service: string, lines: number): Promise<void> {
  const { stored } = await countsOf(server, service);
  if (stored !== lines) throw new Error(`${service}: ${stored} stored of ${lines}`);
}
