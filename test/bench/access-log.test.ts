import { describe, expect, it } from "vitest";
import { accessLog } from "../../bench/access-log.ts";
import { bodiesOf } from "../../bench/bodies-of.ts";

const LINES = 20_000;
const START = Date.UTC(2026, 10, 1);
const log = accessLog(1, LINES, START);
const bodies = bodiesOf(log, LINES, 3_000).map(String);
const lines = bodies.join("\n").split("\n");

describe("accessLog", () => {
  it("is the same for the same seed", () => {
    expect(bodiesOf(accessLog(1, LINES, START), LINES, 3_000).map(String)).toEqual(bodies);
  });

  it("fills bodies to the last line", () => {
    expect(bodies.map((body) => body.split("\n").length)).toEqual([3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 2_000]);
  });

  it("counts its own statuses and bytes", () => {
    const statuses: Record<string, number> = {};
    let bytes = 0;
    for (const line of lines) {
      const [, status, size] = /" (\d{3}) (\d+|-) "/.exec(line)!;
      statuses[status!] = (statuses[status!] ?? 0) + 1;
      bytes += size === "-" ? 0 : Number(size);
    }
    expect(log.truth).toEqual({ lines: LINES, statuses, bytes });
    expect(Object.keys(statuses)).toHaveLength(12);
  });

  it("has lines of the length that real ones have", () => {
    expect(lines.join("\n").length / LINES).toBeGreaterThan(220);
    expect(lines.join("\n").length / LINES).toBeLessThan(260);
  });

  it("runs through a day in order", () => {
    const times = lines.map((line) => Date.parse(line.replace(/.*\[(\d+)\/Nov\/2026:(\S+) .*/, "2026-11-$1T$2Z")));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(20 * 3_600_000);
    expect(times.at(-1)! - times[0]!).toBeLessThan(28 * 3_600_000);
  });
});
