import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";
import { arrived } from "./arrived.ts";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy.ts";
import { FAULTS } from "./outcomes.ts";
import { SENDER_TESTS } from "./registry.ts";
import type { Running } from "./sender-test.ts";
import { sentRecords } from "./sent.ts";

const IS_ASKED_FOR = process.env.SENDERS_FAULTS === "1";
const COUNT = 200;
/** Requests that meet the fault before everything passes; winston-loki waits for 60 s after each. */
const timesOf = (name: string): number => (name === "winston-loki" ? 1 : 2);
const patienceOf = (name: string): number => (name === "winston-loki" ? 75_000 : 25_000);

if (!IS_ASKED_FOR) console.warn("skipped: refusals of every kind, ten minutes; run them with SENDERS_FAULTS=1");

const folder = mkdtempSync(join(tmpdir(), "weir-senders-faults-"));
const table: Record<string, Record<string, string>> = {};
let server: Server;

describe.skipIf(!IS_ASKED_FOR)("senders that are refused", () => {
  beforeAll(async () => {
    for (const { install } of SENDER_TESTS) install();
    const stateDir = join(folder, "state");
    mkdirSync(stateDir);
    server = await startServer({ stateDir });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
    if (process.env.SENDERS_TABLE) writeFileSync(process.env.SENDERS_TABLE, JSON.stringify(table, undefined, 2));
  });

  it.each(FAULTS)("$name", { timeout: 400_000 }, async (fault) => {
    await Promise.all(
      SENDER_TESTS.map(async (sender) => {
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
          const records = await arrived(server, service, COUNT * 3, patienceOf(sender.name));
          const distinct = new Set(records.map(({ message }) => message)).size;
          table[sender.name] ??= {};
          table[sender.name]![fault.name] =
            `${distinct} of ${COUNT}, ${records.length - distinct} twice; ${proxy.answered.join(" ")}`;
        } finally {
          await running?.stop();
          await proxy?.stop();
        }
      }),
    );
    expect(Object.keys(table).length).toBe(SENDER_TESTS.length);
  });
});
