import { setTimeout as sleep } from "node:timers/promises";
import { IngestSocket } from "../clients/js/ingest-socket.ts";
import { accessLog } from "./access-log.ts";
import { untilStored } from "./api.ts";
import { onConnections } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { type BenchOptions, modesOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

const CONNECTIONS = 64;

/** As many frames as a socket may have unanswered. */
const FRAMES_ON_WAY = 64;

const WARM_UP_MS = 2_000;

/** One line a request on many connections, and one line a message on one socket: what senders without batches get. */
export async function small(figures: Figures, options: BenchOptions): Promise<void> {
  const forMs = Number(options.seconds ?? 10) * 1_000;
  for (const mode of modesOf(options)) {
    await withServer(mode, async (server) => {
      await overHttp(server, "warm-up", WARM_UP_MS);
      const http = await overHttp(server, "http", forMs);
      await untilStored(server, "http", http.tookMs.length);
      figures.add(`1 line a request, ${CONNECTIONS} connections, ${mode}`, [http.perSecond], "lines/s");
      figures.addLatency(`1 line a request, ${CONNECTIONS} connections, ${mode}`, http.tookMs);

      const socket = await overSocket(server, "socket", forMs);
      await untilStored(server, "socket", socket.tookMs.length);
      figures.add(`1 line a message, one socket, ${mode}`, [socket.perSecond], "lines/s");
      figures.addLatency(`1 line a message, one socket, ${mode}`, socket.tookMs);
    });
  }
}

interface Sent {
  perSecond: number;
  tookMs: number[];
}

async function overHttp(server: Server, service: string, forMs: number): Promise<Sent> {
  const log = accessLog(1, 1_000_000, Date.now() - 3_600_000);
  const tookMs: number[] = [];
  const startMs = performance.now();
  await onConnections(CONNECTIONS, server, async (connection) => {
    const sentMs = performance.now();
    if (sentMs - startMs > forMs) return false;
    const { status, text } = await connection.post(`/ingest/${service}`, log.next());
    if (status !== 200) throw new Error(`a line was answered ${status}: ${text.slice(0, 300)}`);
    tookMs.push(performance.now() - sentMs);
    return true;
  });
  return { perSecond: (tookMs.length / (performance.now() - startMs)) * 1_000, tookMs };
}

async function overSocket(server: Server, service: string, forMs: number): Promise<Sent> {
  const log = accessLog(1, 1_000_000, Date.now() - 3_600_000);
  const socket = new IngestSocket(server.url, service, server.token);
  const tookMs: number[] = [];
  await socket.send(log.next());
  await sleep(100);
  const startMs = performance.now();
  const keepSending = async () => {
    for (let sentMs = performance.now(); sentMs - startMs < forMs; sentMs = performance.now()) {
      await socket.send(log.next());
      tookMs.push(performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: FRAMES_ON_WAY }, keepSending));
  const perSecond = (tookMs.length / (performance.now() - startMs)) * 1_000;
  socket.close();
  return { perSecond, tookMs };
}
