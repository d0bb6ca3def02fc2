import { setTimeout as sleep } from "node:timers/promises";
import { accessLog } from "./access-log.ts";
import { countsOf } from "./api.ts";
import { bodiesOf } from "./bodies-of.ts";
import { onConnections } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { memoryOf } from "./memory-of.ts";
import { type BenchOptions, numbersOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

const SERVICE = "backlog";
const CONNECTIONS = 4;
/** Different bodies, sent again and again: millions of lines do not fit the memory of the sender. */
const BODIES = 100;
/** What was sent for nothing is still in the queue when all is stored: waited for until no more of it comes in this time. */
const SILENCE_MS = 15_000;

/**
 * More lines at once than the database takes in the time: what the stream sends, what of that was for nothing, and what waits meanwhile.
 *
 * `--slow` makes every question to the database take so many milliseconds longer (`test/faults`), so that any machine has a backlog.
 */
export async function backlog(figures: Figures, options: BenchOptions): Promise<void> {
  const lines = Number(options.lines ?? 3_000_000);
  const batch = Number(options.batch ?? 5_000);
  for (const slowMs of numbersOf(options.slow ?? "0")) {
    await withServer(slowMs > 0 ? "faulty" : "start", async (server) => {
      if (slowMs > 0) await post(server, "/__faults", { database: { mode: "slow", ms: slowMs } });
      await press(figures, server, lines, batch, slowMs > 0 ? `, database ${slowMs} ms slower` : "");
    });
  }
}

async function press(figures: Figures, server: Server, lines: number, batch: number, how: string): Promise<void> {
  const bodies = bodiesOf(accessLog(1, BODIES * batch, Date.now() - 3_600_000), BODIES * batch, batch);
  let left = Math.ceil(lines / batch);
  let stored = 0;
  let peakUnconfirmed = 0;
  let peakMemory = 0;
  const startMs = performance.now();
  const sent = onConnections(CONNECTIONS, server, async (connection) => {
    if (left-- <= 0) return false;
    const { status, text } = await connection.post(`/ingest/${SERVICE}`, bodies[left % BODIES]!);
    if (status !== 200) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
    return true;
  }).then(() => performance.now() - startMs);
  while (stored < Math.ceil(lines / batch) * batch) {
    await sleep(500);
    const counts = await countsOf(server, SERVICE);
    stored = counts.stored;
    peakUnconfirmed = Math.max(peakUnconfirmed, counts.unconfirmed);
    peakMemory = Math.max(peakMemory, memoryOf(server.pid, "workerd"));
  }
  const storedMs = performance.now() - startMs;
  const outcome = await outcomesOf(server);
  figures.add(`acknowledged${how}`, [(lines / (await sent)) * 1_000], "lines/s");
  figures.add(`stored, until the last line${how}`, [(lines / storedMs) * 1_000], "lines/s");
  figures.add(
    `messages sent${how}`,
    [(await metricsOf(server)).get("weir_queue_messages_sent_total") ?? 0],
    "messages",
  );
  figures.add(`messages stored${how}`, [outcome("applied") + outcome("spilled")], "messages");
  figures.add(`messages stored as segments${how}`, [outcome("spilled")], "messages");
  figures.add(`messages refused by the ledger${how}`, [outcome("applied_before")], "messages");
  figures.add(`unconfirmed lines at most${how}`, [peakUnconfirmed], "lines");
  figures.add(`workerd memory at most${how}`, [peakMemory], "MiB");
}

/** How many messages ended in each way, once the queue is empty. */
async function outcomesOf(server: Server): Promise<(name: string) => number> {
  for (let handled = -1; ; ) {
    const metrics = await metricsOf(server);
    const outcome = (name: string) => metrics.get(`weir_consumer_messages_total{outcome="${name}"}`) ?? 0;
    const now = outcome("applied") + outcome("spilled") + outcome("applied_before");
    if (now === handled) return outcome;
    handled = now;
    await sleep(SILENCE_MS);
  }
}

async function metricsOf({ url, token }: Server): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

async function post({ url, token }: Server, path: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${path} was answered ${answer.status}`);
}
