import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { accessLog, type LogTruth } from "./access-log.ts";
import { ask, untilStored } from "./api.ts";
import { bodiesOf } from "./bodies-of.ts";
import { onConnections } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { memoryOf } from "./memory-of.ts";
import type { BenchOptions } from "./options.ts";
import { type Server, startServer } from "./with-server.ts";

const BATCH = 5_000;
const BODIES_A_ROUND = 40;
/** What other stores were asked for over the same lines: about one line in 260 has the first. */
const WORD = "GPTBot";
const FILTER = encodeURIComponent("status:>=500 coupons");

/**
 * Questions over records in hot rows and in the archive, as the API answers them, and what a record takes there.
 *
 * `--archived 1000000 --hot 1000000 --runs 9`
 */
export async function query(figures: Figures, options: BenchOptions): Promise<void> {
  const { archived = "1000000", hot = "1000000", runs = "9" } = options;
  const stateDir = mkdtempSync(join(tmpdir(), "weir-bench-"));
  const server = await startServer({ stateDir });
  try {
    await put(server, "/api/services/archived", { hotDays: 0 });
    if (Number(archived) > 0) {
      await measure(figures, server, "archived", Number(archived), Number(runs));
      const { archive } = await ask<{ archive: { service: string; records: number; bytes: number }[] }>(
        server,
        "/api/pipeline",
      );
      const found = archive.find(({ service }) => service === "archived")!;
      figures.add("bytes a record, archived", [found.bytes / found.records], "B");
    }
    if (Number(hot) > 0) {
      const before = databaseBytes(stateDir);
      await measure(figures, server, "hot", Number(hot), Number(runs));
      figures.add("bytes a record, hot", [(databaseBytes(stateDir) - before) / Number(hot)], "B");
    }
    figures.add("memory of the server after it all", [memoryOf(server.pid, "workerd")], "MiB");
  } finally {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function measure(figures: Figures, server: Server, service: string, lines: number, runs: number): Promise<void> {
  const startMs = Date.now() - 24 * 3_600_000;
  const log = accessLog(1, lines, startMs);
  const sentMs = performance.now();
  for (let sent = 0; sent < lines; sent += BATCH * BODIES_A_ROUND) {
    const bodies = bodiesOf(log, Math.min(lines - sent, BATCH * BODIES_A_ROUND), BATCH);
    await send(server, service, bodies);
  }
  await untilStored(server, service, lines);
  const of = `${lines / 1e6} million ${service}`;
  figures.add(`stored, made as they are sent, ${of}`, [(lines / (performance.now() - sentMs)) * 1_000], "lines/s");
  await check(server, service, log.truth);
  // Whole minutes, so that summaries answer.
  const from = Math.floor(startMs / 60_000) * 60_000;
  const range = `service=${service}&from=${from}&to=${from + 1_440 * 60_000}`;
  const questions: [string, string][] = [
    ["counts per minute", `stats?${range}&step=1m`],
    ["counts per status", `top/status?${range}&limit=20`],
    ["top 10 paths", `top/path?${range}&limit=10`],
    ["newest 50 errors with a word", `logs?${range}&q=${FILTER}&limit=50`],
    ["count of records with a word", `stats?${range}&step=1d&q=${WORD}`],
    ["newest 50 of what is nowhere", `logs?${range}&q=zanzibarium&limit=50`],
  ];
  for (const [name, path] of questions) {
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const askedMs = performance.now();
      await ask(server, `/api/${path}`);
      times.push(performance.now() - askedMs);
    }
    figures.add(`${name}, ${of}`, times, "ms");
  }
}

async function send(server: Server, service: string, bodies: Buffer[]): Promise<void> {
  let next = 0;
  await onConnections(4, server, async (connection) => {
    const body = bodies[next++];
    if (!body) return false;
    for (;;) {
      const { status, text } = await connection.post(`/ingest/${service}`, body);
      if (status === 200) return true;
      if (status !== 503) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
      await sleep(1_000);
    }
  });
}

/** Figures count only if the answers are right: the generator's own counts, and matches counted two ways. */
async function check(server: Server, service: string, truth: LogTruth): Promise<void> {
  const { values } = await ask<{ values: { value: string; count: number }[] }>(
    server,
    `/api/top/status?service=${service}&from=0&limit=100`,
  );
  const found = JSON.stringify(values.map(({ value, count }) => [value, count]).sort());
  const sent = JSON.stringify(Object.entries(truth.statuses).sort());
  if (found !== sent) throw new Error(`statuses differ: ${found}, sent ${sent}`);
}

/** The server is healthy a moment before its tables are there. */
async function put(server: Server, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
  for (let tries = 20; ; tries--) {
    const response = await fetch(server.url + path, { method: "PUT", headers, body: JSON.stringify(body) });
    if (response.ok) return;
    if (tries === 0) throw new Error(`PUT ${path} answered ${response.status}: ${await response.text()}`);
    await sleep(250);
  }
}

/** The size of the database that holds the logs: the largest one of the state. */
function databaseBytes(stateDir: string): number {
  const files = readdirSync(stateDir, { recursive: true, encoding: "utf8" }).filter((name) =>
    /d1.*\.sqlite(-wal)?$/.test(name),
  );
  return files.reduce((sum, name) => sum + statSync(join(stateDir, name)).size, 0);
}
