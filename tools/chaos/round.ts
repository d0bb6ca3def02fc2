import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { untilStored } from "../../bench/api.ts";
import { type Server, type ServerMode, startServer } from "../../bench/with-server.ts";
import { createClient } from "../../clients/js/client.ts";
import type { BatchOutcome } from "../../clients/js/options.ts";
import { lineSource } from "../simulate/lines.ts";
import { linesDue } from "../simulate/pace.ts";
import { Random } from "../simulate/random.ts";
import { shop } from "../simulate/sites/shop.ts";
import { judge, type StoredRecord } from "./judge.ts";
import { markedLines, markIn } from "./marked-lines.ts";
import { everyRecord, totalsOf } from "./stored.ts";

const SERVICE = "chaos";

/** One line in ten goes through a sender that never tries again, as a browser's beacon does. */
const ABANDONING = 0.1;

export interface RoundOptions {
  mode: ServerMode;
  seed: number;
  /** Lines a second. */
  rate: number;
  /** How long lines are sent, in seconds of a living server. */
  seconds: number;
}

interface RoundReport {
  acknowledged: number;
  abandoned: number;
  stored: number;
  killedAfterMs: number;
  /** From the kill until the new server was healthy. */
  downMs: number;
  /** Empty when the round was passed. */
  wrong: string[];
}

/** A round in words, and whether it was passed. A round that breaks off is one that failed. */
export async function tellRound(options: RoundOptions): Promise<{ passed: boolean; text: string }> {
  try {
    const { acknowledged, abandoned, stored, killedAfterMs, downMs, wrong } = await playRound(options);
    const outcome =
      wrong.length === 0 ? "every acknowledged line stored once, totals equal" : `FAILED: ${wrong.join("; ")}`;
    const counts = `${acknowledged} acknowledged, ${abandoned} abandoned, ${stored} stored`;
    return {
      passed: wrong.length === 0,
      text: `killed after ${killedAfterMs} ms, back after ${downMs} ms, ${counts}: ${outcome}`,
    };
  } catch (error) {
    return { passed: false, text: `FAILED: ${error}` };
  }
}

/** Sends lines, kills the whole server at a random moment, starts it again, sends on, and compares what is there. */
async function playRound(options: RoundOptions): Promise<RoundReport> {
  const stateDir = mkdtempSync(join(tmpdir(), "weir-chaos-"));
  let server = await startServer({ mode: options.mode, stateDir });
  try {
    const random = new Random(options.seed);
    const killedAfterMs = Math.round((0.2 + 0.6 * random.next()) * options.seconds * 1_000);
    const senders = sendLines(server, random, options);
    await sleep(killedAfterMs);
    const killedMs = Date.now();
    await server.kill();
    server = await startServer({ mode: options.mode, stateDir, port: Number(new URL(server.url).port) });
    const downMs = Date.now() - killedMs;

    const sent = await senders;
    const records = await storedRecords(server, sent.acknowledged.size);
    const wrong = [...judge(sent, records), ...(await unequalTotals(server, records))];
    return {
      acknowledged: sent.acknowledged.size,
      abandoned: sent.abandoned.size,
      stored: records.length,
      killedAfterMs,
      downMs,
      wrong,
    };
  } finally {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function sendLines(server: Server, random: Random, { seed, rate, seconds }: RoundOptions) {
  const sent = { acknowledged: new Set<number>(), abandoned: new Set<number>() };
  const onBatch = ({ lines, answer, error }: BatchOutcome) => {
    if (answer && answer.accepted !== lines.length)
      throw new Error(`a batch was refused in part: ${JSON.stringify(answer)}`);
    for (const line of lines) (error ? sent.abandoned : sent.acknowledged).add(markIn(line));
  };
  const shared = { ...server, service: SERVICE, batchLines: 100, connections: 4, onBatch };
  const patient = createClient({ ...shared, maxPendingLines: 1_000_000 });
  const abandoning = createClient({ ...shared, batchLines: 20, maxPendingLines: 1_000_000, retryForMs: 0 });

  const startMs = Date.now();
  const next = markedLines(lineSource(shop, seed, startMs));
  for (let made = 0; made < rate * seconds; await sleep(20)) {
    const due = linesDue(Date.now() - startMs, rate, seconds, () => 1);
    for (; made < due; made++) void (random.chance(ABANDONING) ? abandoning : patient).send(next(made, Date.now()));
  }
  await Promise.all([patient.flush(), abandoning.flush()]);
  return sent;
}

/** Waits until everything acknowledged is in the database, and reads it all from there. */
async function storedRecords(server: Server, acknowledged: number): Promise<StoredRecord[]> {
  await untilStored(server, SERVICE, acknowledged);
  const records = await everyRecord(server, SERVICE);
  const elsewhere = records.filter(({ source }) => source !== "database").length;
  if (elsewhere > 0) throw new Error(`${elsewhere} records were answered from somewhere else than the database`);
  return records;
}

async function unequalTotals(server: Server, records: StoredRecord[]): Promise<string[]> {
  const totals = Object.entries(await totalsOf(server, SERVICE));
  return totals.filter(([, total]) => total !== records.length).map(([name, total]) => `${name} says ${total}`);
}
