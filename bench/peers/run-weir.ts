import { readdirSync, readFileSync, statSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../../tools/sending/meter.ts";
import { untilStored } from "../api.ts";
import { archiveOnly } from "../archive-only.ts";
import { Connection, onConnections } from "../connection.ts";
import { memoryOf } from "../memory-of.ts";
import { type Server, withServer } from "../with-server.ts";
import type { PeerFigure } from "./measures.ts";
import { answersOf } from "./weir-questions.ts";

const SERVICE = "bench";
const BATCH = 5_000;
const CONNECTIONS = 4;
const PROBES = 20;

/** Where records are kept: as rows of the database first, or as Parquet at once. */
export type Tier = "hot" | "archive";

/** Weir on the lines that the peers get, `npm start`, each run on a fresh state. */
export async function runWeir(raw: string, lines: number, runs: number, tier: Tier): Promise<PeerFigure[]> {
  const peer = tier === "hot" ? "weir, hot rows" : "weir, archive only";
  const bodies = bodiesOf(raw);
  const figures: PeerFigure[] = [];
  const rates: number[] = [];
  const note = (metric: string, values: number[], unit: string, rows?: number): void => {
    const load1 = loadavg()[0]!;
    figures.push({ peer, metric, value: percentile(values, 0.5), unit, n: values.length, load1, rows });
  };
  for (let run = 0; run < runs; run++) {
    await withServer("start", async (server) => {
      if (tier === "archive") await archiveOnly(server, [SERVICE]);
      let peak = 0;
      const watch = setInterval(() => {
        peak = Math.max(peak, memoryOf(server.pid, "workerd"));
      }, 500);
      const startMs = performance.now();
      await send(server, bodies);
      await untilStored(server, SERVICE, lines);
      rates.push((lines / (performance.now() - startMs)) * 1_000);
      clearInterval(watch);
      if (run < runs - 1) return;
      note("ingest_e2e", rates, "lines/s");
      note("mem_peak", [peak], "MiB");
      note("disk", [bytesIn(dirname(server.log)) / lines], "B/line");
      for (const { metric, tookMs, rows, isPartial } of await answersOf(server, SERVICE)) {
        if (isPartial) throw new Error(`${metric} of ${peer} was answered in part: it compares nothing`);
        note(metric, tookMs, "ms", rows);
      }
      note("live_p50", await liveMs(server), "ms");
    });
  }
  return figures;
}

/** Batches of the file as they are sent: made before the clock runs. */
function bodiesOf(raw: string): Buffer[] {
  const text = readFileSync(raw);
  const bodies: Buffer[] = [];
  let [from, count] = [0, 0];
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) {
    if (++count % BATCH !== 0) continue;
    bodies.push(text.subarray(from, at + 1));
    from = at + 1;
  }
  if (from < text.length) bodies.push(text.subarray(from));
  return bodies;
}

async function send(server: Server, bodies: readonly Buffer[]): Promise<void> {
  let next = 0;
  await onConnections(CONNECTIONS, server, async (connection) => {
    const body = bodies[next++];
    if (!body) return false;
    const { status, text } = await connection.post(`/ingest/${SERVICE}`, body);
    if (status !== 200) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
    return true;
  });
}

/** From the post of a line until a live socket has shown it. */
async function liveMs(server: Server): Promise<number[]> {
  const address = `${server.url.replace(/^http/, "ws")}/api/live?service=${SERVICE}&key=${server.token}`;
  const socket = new WebSocket(address);
  const waiting = new Map<string, (atMs: number) => void>();
  socket.onmessage = ({ data }) => {
    const text = String(data);
    for (const [name, seen] of waiting) if (text.includes(name)) seen(performance.now());
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error("the live socket did not open"));
  });
  const connection = new Connection(server.url, server.token);
  const tookMs: number[] = [];
  for (let probe = 0; probe < PROBES; probe++) {
    await sleep(50 + ((probe * 37) % 450));
    const name = `/probe/${probe}/end`;
    const seen = new Promise<number>((resolve) => waiting.set(name, resolve));
    const startMs = performance.now();
    await connection.post(`/ingest/${SERVICE}`, JSON.stringify({ path: name, status: 200 }));
    tookMs.push((await seen) - startMs);
    waiting.delete(name);
  }
  connection.close();
  socket.close();
  return tookMs;
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => statSync(join(folder, path)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
