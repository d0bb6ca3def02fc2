import { runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Confirmation, CountedPack } from "../../core/delivery/message.ts";
import { MESSAGE_PLAIN_BYTES } from "../../core/delivery/message-plan.ts";
import { PATIENCE_MS, WINDOW_MESSAGES } from "../../core/delivery/send-window.ts";
import { tallyOf } from "../../core/live/live-counters.ts";
import { Deliveries } from "../../durable-objects/deliveries.ts";
import { Journal } from "../../durable-objects/journal.ts";
import { bindings } from "./stream-fixture.ts";

const START_MS = 1_795_340_000_000;

/** A pack that fills a message by the length of its text. */
const PACK: CountedPack = {
  ...{ count: 10, body: new Uint8Array(8), minMs: START_MS, maxMs: START_MS, plainBytes: MESSAGE_PLAIN_BYTES },
  tally: tallyOf([]),
};

/** One stream's deliveries, the queue behind them and the ledger behind that, with a clock of its own. */
class World {
  readonly #sql: SqlStorage;
  #journal: Journal;
  deliveries: Deliveries;
  nowMs = START_MS;
  queue: Confirmation[] = [];
  /** How often each message was handed to the queue, and how often the ledger refused it. */
  readonly sends = new Map<number, number>();
  readonly ledger = new Set<number>();
  refused = 0;
  #lastSeq = 0;
  confirmed = 0;
  onWayAtMost = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#journal = new Journal(sql);
    for (const table of ["journal", "messages"]) sql.exec(`DELETE FROM ${table}`);
    this.deliveries = new Deliveries(this.#journal, this.nowMs);
  }

  append(packs: number): void {
    for (let n = 0; n < packs; n++) {
      const firstSeq = this.#lastSeq + 1;
      this.#journal.append(firstSeq, this.nowMs, PACK);
      this.deliveries.add({
        firstSeq,
        count: PACK.count,
        receivedMs: this.nowMs,
        bytes: 8,
        plainBytes: MESSAGE_PLAIN_BYTES,
      });
      this.#lastSeq += PACK.count;
    }
  }

  /** What the stream's alarm does. */
  send(isRefused = false): void {
    for (let due = this.deliveries.takeDue(this.nowMs); due.length > 0; due = this.deliveries.takeDue(this.nowMs)) {
      for (const { firstSeq, lastSeq } of due) {
        if (isRefused) this.deliveries.postpone({ firstSeq, lastSeq }, this.nowMs);
        else {
          this.sends.set(firstSeq, (this.sends.get(firstSeq) ?? 0) + 1);
          this.queue.push({ firstSeq, lastSeq, sentMs: this.nowMs });
        }
      }
    }
    const unconfirmed = this.deliveries.unconfirmed().filter(({ firstSeq }) => this.sends.has(firstSeq)).length;
    this.onWayAtMost = Math.max(this.onWayAtMost, unconfirmed - this.deliveries.failed().length);
  }

  /** The consumer takes copies from a place in the queue. */
  store(messages: number, from = 0): Confirmation[] {
    const taken = this.queue.splice(Math.min(from, this.queue.length), messages);
    for (const { firstSeq } of taken) {
      if (this.ledger.has(firstSeq)) this.refused++;
      this.ledger.add(firstSeq);
    }
    return taken;
  }

  confirm(messages: Confirmation[]): void {
    this.confirmed += this.deliveries.confirm(messages, this.nowMs);
    this.deliveries.forgetConfirmed();
  }

  restart(): void {
    this.#journal = new Journal(this.#sql);
    this.deliveries = new Deliveries(this.#journal, this.nowMs);
  }

  /** With nothing going wrong any more. Answers how long it took. */
  settle(): number {
    const fromMs = this.nowMs;
    for (let step = 0; step < 5_000 && this.confirmed < this.#lastSeq; step++) {
      this.send();
      if (this.queue.length === 0) this.nowMs = Math.max(this.nowMs, this.deliveries.dueAt(this.nowMs) ?? this.nowMs);
      this.nowMs += 100;
      this.confirm(this.store(25));
    }
    expect(this.confirmed).toBe(this.#lastSeq);
    expect(this.ledger.size).toBe(this.#lastSeq / PACK.count);
    expect(this.deliveries.unconfirmed()).toEqual([]);
    expect(this.deliveries.dueAt(this.nowMs)).toBeUndefined();
    return this.nowMs - fromMs;
  }
}

const inWorld = (name: string, work: (world: () => World) => void): Promise<void> =>
  runInDurableObject(bindings.STREAMS.getByName(`${name}/0`), (_instance, { storage }) => {
    work(() => new World(storage.sql));
  });

describe("deliveries", () => {
  it("are each sent once when storing takes minutes and goes on, and never more on their way than the window", () =>
    inWorld("slow", (newWorld) => {
      const world = newWorld();
      world.append(1_000);
      while (world.confirmed < 10_000) {
        world.send();
        world.nowMs += PATIENCE_MS - 5_000;
        world.confirm(world.store(25));
      }
      expect([...world.sends.values()].every((sends) => sends === 1)).toBe(true);
      expect([world.onWayAtMost, world.refused]).toEqual([WINDOW_MESSAGES, 0]);
    }));

  it("ask with one message while nothing is stored for long, and go on at once afterwards", () =>
    inWorld("still", (newWorld) => {
      const world = newWorld();
      world.append(400);
      for (const untilMs = world.nowMs + 180_000; world.nowMs < untilMs; world.nowMs += 1_000) world.send();
      expect([...world.sends.values()].reduce((sum, sends) => sum + sends, 0)).toBeLessThanOrEqual(WINDOW_MESSAGES + 4);
      world.settle();
      expect(world.refused).toBeLessThanOrEqual(4);
    }));

  it("are all sent again soon when the queue has lost everything", () =>
    inWorld("lost", (newWorld) => {
      const world = newWorld();
      world.append(300);
      world.send();
      world.nowMs += 500;
      world.confirm(world.store(10));
      world.queue = [];
      expect(world.settle()).toBeLessThan(PATIENCE_MS + 5_000);
      expect(world.refused).toBe(0);
    }));

  it("are all sent again within seconds when the process died and the queue with it", () =>
    inWorld("died", (newWorld) => {
      const world = newWorld();
      world.append(600);
      world.send();
      world.queue = [];
      world.restart();
      expect(world.settle()).toBeLessThan(6_000);
      expect(world.refused).toBe(0);
    }));

  it("that came to the dead-letter queue leave their place to others", () =>
    inWorld("dead", (newWorld) => {
      const world = newWorld();
      world.append(WINDOW_MESSAGES + 10);
      world.send();
      for (const message of world.queue.splice(0)) world.deliveries.fail(message, "broken", true, world.nowMs);
      world.send();
      expect(world.queue).toHaveLength(10);
      for (const { firstSeq } of world.deliveries.failed()) world.deliveries.replay(firstSeq, world.nowMs);
      world.settle();
    }));

  type Step = (world: World, n: number) => void;
  const STEPS: Record<string, Step> = {
    appended: (world, n) => world.append(n * 4),
    "time passes": (world, n) => {
      world.nowMs += n * 700;
    },
    sent: (world) => world.send(),
    "refused by the queue": (world) => world.send(true),
    stored: (world, n) => world.confirm(world.store(n)),
    "stored before others": (world, n) => world.confirm(world.store(n, n)),
    "confirmed later": (world, n) => {
      const messages = world.store(n);
      world.nowMs += n * 3_000;
      world.send();
      world.confirm(messages.toReversed());
    },
    "confirmation lost": (world, n) => void world.store(n),
    "message lost": (world, n) => void world.queue.splice(n % 5, n),
    "delivered twice": (world, n) => world.queue.push(...world.queue.slice(0, n)),
    "set aside": (world, n) => {
      for (const message of world.queue.splice(0, n)) world.deliveries.fail(message, "away", false, world.nowMs);
    },
    restarted: (world) => world.restart(),
    "restarted without its queue": (world) => {
      world.queue = [];
      world.restart();
    },
  };

  it("are stored once each, whatever happens on the way", () =>
    inWorld("anything", (newWorld) => {
      const step = fc.tuple(fc.constantFrom(...Object.keys(STEPS)), fc.integer({ min: 1, max: 40 }));
      fc.assert(
        fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
          const world = newWorld();
          for (const [name, n] of steps) {
            STEPS[name]!(world, n);
            world.send();
          }
          world.append(1);
          world.settle();
        }),
        { numRuns: 150 },
      );
    }));
});
