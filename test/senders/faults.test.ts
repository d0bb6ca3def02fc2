import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";
import { arrived, recordsOf } from "./arrived.ts";
import { availableSenders } from "./available.ts";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy.ts";
import { FAULTS, type Outcome, outcomeOf, SHORTCOMINGS } from "./outcomes.ts";
import type { Running } from "./sender-test.ts";
import { sentRecords } from "./sent.ts";

const IS_ASKED_FOR = process.env.SENDERS_FAULTS === "1";
const COUNT = 200;
/** Requests that meet the fault before everything passes; winston-loki waits for 60 s after each. */
const timesOf = (name: string): number => (name === "winston-loki" ? 1 : 2);
const patienceOf = (name: string): number => (name === "winston-loki" ? 80_000 : 30_000);
/** Within this, whoever sends what was stored already has sent it. */
const aftermathOf = (name: string): number => (name === "winston-loki" ? 70_000 : 15_000);

if (!IS_ASKED_FOR) console.warn("skipped: refusals of every kind, some minutes; run them with SENDERS_FAULTS=1");

const folder = mkdtempSync(join(tmpdir(), "weir-senders-faults-"));
const senders = IS_ASKED_FOR ? availableSenders() : [];
/** By sender and fault: what arrived, and what each request with records was answered. */
const table: Record<string, Record<string, string>> = {};
let server: Server;

describe.skipIf(!IS_ASKED_FOR)("senders that are refused", () => {
  beforeAll(async () => {
    const stateDir = join(folder, "state");
    mkdirSync(stateDir);
    server = await startServer({ stateDir });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
    if (process.env.SENDERS_TABLE) writeFileSync(process.env.SENDERS_TABLE, JSON.stringify(table, undefined, 2));
  });

  it.concurrent.each(FAULTS)("by $name", { timeout: 400_000 }, async (fault) => {
    const outcomes: Record<string, Outcome> = {};
    await Promise.all(
      senders.map(async (sender) => {
        const service = `${sender.name}-${fault.name.replaceAll(" ", "-")}`;
        const own = join(folder, service);
        mkdirSync(own);
        let proxy: FaultyProxy | undefined;
        let running: Running | undefined;
        try {
          proxy = await startFaultyProxy(server.url, fault, timesOf(sender.name));
          running = await sender.start({ origin: proxy.origin, service, key: server.token }, own);
          const sent = sentRecords(COUNT, sender.levels, Date.now());
          await running.send(sent);
          await arrived(server, service, COUNT, patienceOf(sender.name));
          await sleep(aftermathOf(sender.name));
          const records = await recordsOf(server, service);
          const distinct = new Set(records.map(({ message }) => message)).size;
          outcomes[sender.name] = outcomeOf(COUNT, distinct, records.length);
          table[sender.name] ??= {};
          table[sender.name]![fault.name] =
            `${distinct} of ${COUNT}, ${records.length - distinct} twice; ${proxy.answered.join(" ")}`;
        } finally {
          await running?.stop();
          await proxy?.stop();
        }
      }),
    );
    const expected = senders.map(({ name }) => [name, SHORTCOMINGS[name]?.[fault.name] ?? "once"]);
    expect(outcomes).toEqual(Object.fromEntries(expected));
  });
});
