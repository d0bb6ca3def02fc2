import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../bench/free-port.ts";
import { type Server, startServer } from "../../bench/with-server.ts";
import { SENDERS } from "../../core/connect/registry.ts";
import { arrived, recordsOf } from "./arrived.ts";
import { availableSenders } from "./available.ts";
import { SENDER_TESTS, TESTED_ALONE } from "./registry.ts";
import type { Running, SenderTest } from "./sender-test.ts";
import { type Sent, sentRecords } from "./sent.ts";

const COUNT = 1_000;
const AWAY_MS = 10_000;
/** How long none may come before a sender is taken to have given up; longer than any of them waits, but winston-loki. */
const PATIENCE_MS = 25_000;

const AVAILABLE = availableSenders();
const folder = mkdtempSync(join(tmpdir(), "weir-senders-"));
let server: Server;

beforeAll(async () => {
  const stateDir = join(folder, "state");
  mkdirSync(stateDir);
  server = await startServer({ stateDir, port: await freePort() });
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(sender: SenderTest, service: string): Promise<Running> {
  const own = join(folder, service);
  mkdirSync(own, { recursive: true });
  return sender.start({ origin: server.url, service, key: server.token }, own);
}

/** Every record once, with its level, time and fields. */
async function expectAll(sender: SenderTest, service: string, sent: readonly Sent[]): Promise<void> {
  const records = await recordsOf(server, service);
  const byMessage = new Map(records.map((record) => [record.message, record]));
  const found = sent.map(({ message }) => byMessage.get(message));
  expect(found).toMatchObject(sent.map((each) => ({ message: each.message, ...sender.expected(each) })));
  expect(records).toHaveLength(sent.length);
}

it("runs every sender that core/connect calls proven", () => {
  const proven = SENDERS.filter(({ isProven }) => isProven).map(({ name }) => name);
  expect([...SENDER_TESTS.map(({ name }) => name), ...TESTED_ALONE].sort()).toEqual(proven.sort());
});

describe.each(AVAILABLE)("$name", (sender) => {
  it("delivers 1,000 records with level, time and fields", { timeout: 90_000 }, async () => {
    const service = `all-${sender.name}`;
    const sent = sentRecords(COUNT, sender.levels, Date.now());
    const running = await start(sender, service);
    try {
      await running.send(sent);
      await arrived(server, service, COUNT, PATIENCE_MS);
    } finally {
      await running.stop();
    }
    await expectAll(sender, service, sent);
  });
});

/** They send nothing again, or not for so long: what they lose while nobody answers is named in docs/protocols.md. */
const LOSES = ["pino-loki", "opentelemetry-js-http", "opentelemetry-js-proto"];
/** It tries again after a minute: part of the long runs. */
const SLOW = ["winston-loki"];

describe("with the server away for 10 s in the middle", () => {
  const senders = AVAILABLE.filter(({ name }) => !SLOW.includes(name));
  const sentBy = new Map<string, Sent[]>();

  beforeAll(async () => {
    const running: Running[] = [];
    try {
      for (const sender of senders) running.push(await start(sender, `away-${sender.name}`));
      const part = async (from: number, to: number) => {
        await Promise.all(running.map((each, at) => each.send(sentBy.get(senders[at]!.name)!.slice(from, to))));
      };
      for (const { name, levels } of senders) sentBy.set(name, sentRecords(COUNT, levels, Date.now()));
      await part(0, 300);
      for (const { name } of senders) await arrived(server, `away-${name}`, 300, PATIENCE_MS);
      await server.stop();
      await part(300, 700);
      await sleep(AWAY_MS);
      server = await startServer({ stateDir: join(folder, "state"), port: Number(new URL(server.url).port) });
      await part(700, COUNT);
      await Promise.all(
        senders.map(({ name }) => {
          const last = LOSES.includes(name) ? sentBy.get(name)!.at(-1)!.message : undefined;
          return arrived(server, `away-${name}`, COUNT, PATIENCE_MS, last);
        }),
      );
    } finally {
      await Promise.all(running.map((each) => each.stop()));
    }
  }, 240_000);

  it.each(senders.filter(({ name }) => !LOSES.includes(name)))("$name delivers every record once", async (sender) => {
    await expectAll(sender, `away-${sender.name}`, sentBy.get(sender.name)!);
  });

  it.each(senders.filter(({ name }) => LOSES.includes(name)))("$name goes on afterwards", async (sender) => {
    const sent = sentBy.get(sender.name)!;
    const after = [...sent.slice(0, 300), ...sent.slice(700)];
    const messages = (await recordsOf(server, `away-${sender.name}`)).map(({ message }) => message);
    expect(new Set(messages).size).toBe(messages.length);
    expect(messages).toEqual(expect.arrayContaining(after.slice(0, 300).map(({ message }) => message)));
    expect(messages).toContain(sent.at(-1)!.message);
  });
});
