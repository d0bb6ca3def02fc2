import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, untilStored } from "../../bench/api.ts";
import { type Server, startServer } from "../../bench/with-server.ts";
import { Random } from "../simulate/random.ts";
import { judge, type StoredRecord } from "./judge.ts";
import { type Event, type PlannedEvent, planRound, textOfEvent } from "./plan.ts";
import { Senders } from "./senders.ts";
import { everyRecord, totalsOf } from "./stored.ts";

const SERVICE = "chaos";

export interface RoundOptions {
  seed: number;
  /** Lines a second. */
  rate: number;
  /** How long lines are sent, in seconds of a living server. */
  seconds: number;
}

interface RoundReport {
  events: PlannedEvent[];
  acknowledged: number;
  abandoned: number;
  stored: number;
  /** From the kill until the new server was healthy. */
  downMs: number;
  /** From the last acknowledgement until everything was stored and confirmed. */
  settledMs: number;
  /** Empty when the round was passed. */
  wrong: string[];
}

/** A round in words, and whether it was passed. A round that breaks off is one that failed. */
export async function tellRound(options: RoundOptions): Promise<{ passed: boolean; text: string }> {
  try {
    const { events, acknowledged, abandoned, stored, downMs, settledMs, wrong } = await playRound(options);
    const outcome =
      wrong.length === 0
        ? "every acknowledged line stored once, verify complete, totals equal"
        : `FAILED: ${wrong.join("; ")}`;
    const counts = `${acknowledged} acknowledged, ${abandoned} abandoned, ${stored} stored`;
    const times = `down ${downMs} ms, settled after ${settledMs} ms`;
    return {
      passed: wrong.length === 0,
      text: `${outcome}\n  ${counts}; ${times}\n  ${events.map(textOfEvent).join(", ")}`,
    };
  } catch (error) {
    return { passed: false, text: `FAILED: ${error instanceof Error ? error.stack : error}` };
  }
}

/** Sends lines while things go wrong as planned, and compares what is there with what was acknowledged. */
async function playRound({ seed, rate, seconds }: RoundOptions): Promise<RoundReport> {
  const stateDir = mkdtempSync(join(tmpdir(), "weir-chaos-"));
  const random = new Random(seed);
  const events = planRound(random, seconds);
  let server = await startServer({ mode: "faulty", stateDir });
  try {
    const senders = new Senders({ url: server.url, token: server.token, service: SERVICE, seed, rate, seconds });
    const sending = senders.send(random);
    let downMs = 0;
    let livedMs = 0;
    for (const { atMs, event } of events) {
      await sleep(Math.max(0, atMs - livedMs));
      livedMs = atMs;
      if (event.kind === "kill") {
        const killedMs = Date.now();
        await server.kill();
        server = await startServer({ mode: "faulty", stateDir, port: Number(new URL(server.url).port) });
        downMs = Date.now() - killedMs;
      } else await happen(server, event, senders);
    }
    await setFaults(server, {});
    await sending;
    const sentMs = Date.now();
    const records = await storedRecords(server, senders.acknowledged.size);
    const settledMs = Date.now() - sentMs;
    const wrong = [...judge(senders, records), ...(await unequal(server, records))];
    const { acknowledged, abandoned } = senders;
    const counts = { acknowledged: acknowledged.size, abandoned: abandoned.size, stored: records.length };
    return { events, ...counts, downMs, settledMs, wrong };
  } finally {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function happen(server: Server, event: Exclude<Event, { kind: "kill" }>, senders: Senders): Promise<void> {
  if (event.kind === "cut_sockets") senders.cut();
  else if (event.kind === "faults") await setFaults(server, event.faults);
  else {
    // Amid faults a change may fail, done or not done or half done: each has to be right.
    await request(server, "PUT", `/api/services/${SERVICE}`, { shards: event.shards }).catch(() => {});
  }
}

const setFaults = (server: Server, faults: object): Promise<void> => request(server, "POST", "/__faults", faults);

async function request(server: Server, method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
  const answer = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  await answer.body?.cancel();
}

/** Waits until everything acknowledged is in the database or archive, and reads it all from there. */
async function storedRecords(server: Server, acknowledged: number): Promise<StoredRecord[]> {
  await untilStored(server, SERVICE, acknowledged);
  const records = await everyRecord(server, SERVICE);
  const elsewhere = records.filter(({ source }) => source === "memory").length;
  if (elsewhere > 0) throw new Error(`${elsewhere} records were answered from memory`);
  return records;
}

/** What verify and each place that counts say otherwise than the records themselves. */
async function unequal(server: Server, records: StoredRecord[]): Promise<string[]> {
  const totals = Object.entries(await totalsOf(server, SERVICE));
  const wrong = totals.filter(([, total]) => total !== records.length).map(([name, total]) => `${name} says ${total}`);
  const { complete, ...proof } = await ask<{ complete: boolean; records: number; gaps: []; overlaps: [] }>(
    server,
    `/api/pipeline/verify?service=${SERVICE}`,
  );
  if (!complete || proof.records !== records.length)
    wrong.push(`verify says ${JSON.stringify({ complete, ...proof })}`);
  return wrong;
}
