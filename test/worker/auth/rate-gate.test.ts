import { describe, expect, it } from "vitest";
import { RateGate } from "../../../worker/auth/rate-gate.ts";

const passing = (gate: RateGate, name: string, nowMs: number, times: number): number =>
  Array.from({ length: times }, () => gate.take(name, nowMs)).filter(({ passes }) => passes).length;

describe("RateGate", () => {
  it("lets its limit through in a window, and not one more", () => {
    const gate = new RateGate(100, 10_000);
    expect(passing(gate, "a", 0, 100)).toBe(100);
    expect(gate.take("a", 9_999).passes).toBe(false);
    expect(gate.take("b", 9_999).passes).toBe(true);
    expect(gate.take("a", 10_000).passes).toBe(true);
  });

  it("tells the platform's counter of everything that it lets through, in steps", () => {
    const gate = new RateGate(100, 10_000);
    const told = Array.from({ length: 100 }, () => gate.take("a", 0).tell);
    expect(told.filter((count) => count > 0)).toEqual([20, 20, 20, 20, 20]);
  });

  it("stays shut for the rest of the window once the platform says so", () => {
    const gate = new RateGate(100, 10_000);
    gate.take("a", 0);
    gate.shut("a", 1);
    expect(gate.take("a", 9_999).passes).toBe(false);
    expect(gate.take("a", 10_000).passes).toBe(true);
  });

  it("says when the window ends", () => {
    expect(new RateGate(1, 10_000).secondsLeft(12_001)).toBe(8);
  });

  it("holds a bounded number of names", () => {
    const gate = new RateGate(1, 10_000);
    for (let name = 0; name <= 20_000; name++) gate.take(`${name}`, 0);
    expect(gate.take("0", 0).passes).toBe(true);
    expect(gate.take("20000", 0).passes).toBe(false);
  });
});
