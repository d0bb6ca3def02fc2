import { describe, expect, it } from "vitest";
import {
  MAX_PATIENCE_MS,
  PATIENCE_MS,
  patienceMs,
  SendWindow,
  WINDOW_BYTES,
  WINDOW_MESSAGES,
} from "../../../core/delivery/send-window.ts";

const SENT = 1_000_000;
const rangeOf = (firstSeq: number, sentMs?: number) => ({ firstSeq, lastSeq: firstSeq, sentMs });

/** Messages 1, 2, 3, … sent one every ten milliseconds. */
function windowOf(messages: number, bytes = 100): SendWindow {
  const window = new SendWindow();
  for (let n = 1; n <= messages; n++) window.sent({ firstSeq: n, bytes, attempts: 1 }, sentAt(n));
  return window;
}
const sentAt = (n: number): number => SENT + n * 10;

describe("SendWindow has room", () => {
  it("up to its messages, and for the next one once one is confirmed", () => {
    const window = windowOf(WINDOW_MESSAGES - 1);
    expect(window.hasRoom()).toBe(true);
    window.sent({ firstSeq: 9_000, bytes: 1, attempts: 1 }, SENT);
    expect(window.hasRoom()).toBe(false);
    window.confirm([rangeOf(7, sentAt(7))], SENT + 5_000);
    expect(window.hasRoom()).toBe(true);
  });

  it("up to its bytes, and again once they are gone", () => {
    const window = windowOf(1, WINDOW_BYTES - 1);
    expect(window.hasRoom()).toBe(true);
    window.sent({ firstSeq: 2, bytes: 1, attempts: 1 }, SENT);
    expect(window.hasRoom()).toBe(false);
    window.sent({ firstSeq: 2, bytes: 1, attempts: 2 }, SENT);
    window.remove(2);
    window.remove(2);
    expect(window.hasRoom()).toBe(true);
  });
});

describe("SendWindow sends again", () => {
  it("nothing while confirmations come of what was sent before, however long it takes", () => {
    const window = windowOf(50);
    let nowMs = SENT;
    for (let n = 1; n < 50; n++) {
      nowMs += PATIENCE_MS - 1;
      expect(window.overdue(nowMs)).toEqual([]);
      window.confirm([rangeOf(n, sentAt(n))], nowMs);
    }
    expect(window.overdueAt()).toBeGreaterThan(nowMs);
  });

  it("what was passed by, once its patience is over, and nothing else", () => {
    const window = windowOf(10);
    const others = [1, 2, 3, 5, 6].map((n) => rangeOf(n, sentAt(n)));
    window.confirm(others.slice(0, 3), SENT + 1_000);
    window.confirm(others.slice(3), SENT + 2_000);
    expect(window.overdueAt()).toBe(SENT + 1_000 + PATIENCE_MS);
    expect(window.overdue(SENT + 1_000 + PATIENCE_MS - 1)).toEqual([]);
    expect(window.overdue(SENT + 1_000 + PATIENCE_MS)).toEqual([4]);
  });

  it("one alone in silence, and the others when that one is confirmed", () => {
    const window = windowOf(10);
    const lateMs = sentAt(10) + PATIENCE_MS;
    expect(window.overdueAt()).toBe(lateMs);
    expect(window.overdue(lateMs - 1)).toEqual([]);
    expect(window.overdue(lateMs)).toEqual([1]);
    window.sent({ firstSeq: 1, bytes: 100, attempts: 2 }, lateMs);
    expect(window.overdue(lateMs)).toEqual([]);
    window.confirm([rangeOf(1, lateMs)], lateMs + 1_500);
    expect(window.overdue(lateMs + 1_500)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("no others when the first copy of that one is confirmed after all: the queue has only come so far", () => {
    const window = windowOf(10);
    const lateMs = sentAt(10) + PATIENCE_MS;
    window.sent({ firstSeq: 1, bytes: 100, attempts: 2 }, lateMs);
    window.confirm([rangeOf(1, sentAt(1))], lateMs + 1_500);
    expect(window.overdue(lateMs + 1_500)).toEqual([]);
    expect(window.overdueAt()).toBeGreaterThan(lateMs + PATIENCE_MS);
  });

  it("another one in a silence that lasts, never two at once", () => {
    const window = windowOf(3);
    const sent: number[] = [];
    for (let nowMs = SENT; nowMs < SENT + 300_000; nowMs += 1_000) {
      const again = window.overdue(nowMs);
      expect(again.length).toBeLessThanOrEqual(1);
      for (const firstSeq of again) {
        window.sent({ firstSeq, bytes: 100, attempts: sent.filter((n) => n === firstSeq).length + 2 }, nowMs);
        sent.push(firstSeq);
      }
    }
    expect(sent.slice(0, 3)).toEqual([1, 2, 3]);
    expect(sent.length).toBeLessThan(8);
  });

  it("what the queue refused, and what was sent in an earlier life, at the time that was said", () => {
    const window = windowOf(3);
    window.retryAt({ firstSeq: 2, bytes: 100, attempts: 1 }, SENT + 2_000);
    window.retryAt({ firstSeq: 99, bytes: 100, attempts: 4 }, SENT + 2_500);
    window.confirm([rangeOf(1, sentAt(1))], SENT + 1_000);
    expect(window.overdueAt()).toBe(SENT + 2_000);
    expect(window.overdue(SENT + 2_000)).toEqual([2]);
    expect(window.overdue(SENT + 2_500)).toEqual([2, 99]);
  });

  it("later where the last ones took longer", () => {
    const window = new SendWindow();
    let nowMs = SENT;
    const patienceNow = (): number => {
      window.sent({ firstSeq: nowMs, bytes: 1, attempts: 1 }, nowMs);
      return window.overdueAt()! - nowMs;
    };
    expect(patienceNow()).toBe(PATIENCE_MS);
    for (let n = 0; n < 20; n++) {
      const sentMs = nowMs;
      nowMs += 60_000;
      window.confirm([rangeOf(sentMs, sentMs)], nowMs);
      patienceNow();
    }
    const slow = window.overdueAt()! - nowMs;
    expect(slow).toBeGreaterThan(110_000);
    expect(slow).toBeLessThanOrEqual(120_000);
  });

  it("by confirmations that name no copy nothing is learned", () => {
    const window = windowOf(3);
    window.confirm([rangeOf(2)], SENT + 20_000);
    expect(window.has(2)).toBe(false);
    expect(window.overdue(sentAt(3) + PATIENCE_MS)).toEqual([1]);
  });
});

it("waits 30 s, twice as long each time, ten minutes at most", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((attempts) => patienceMs(attempts, 0) / 1_000)).toEqual([
    30, 60, 120, 240, 480, 600, 600,
  ]);
  expect(patienceMs(1, PATIENCE_MS / 2)).toBe(PATIENCE_MS);
  expect(patienceMs(1, PATIENCE_MS / 2 + 1)).toBe(PATIENCE_MS + 2);
  expect(patienceMs(1, MAX_PATIENCE_MS)).toBe(MAX_PATIENCE_MS);
});
