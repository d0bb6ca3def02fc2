import { describe, expect, it } from "vitest";
import { lineSource } from "../../../tools/simulate/lines.ts";
import { SITES } from "../../../tools/simulate/sites/registry.ts";

const START = Date.UTC(2026, 10, 10, 12);
const ACCESS =
  /^\S+ - \S+ \[10\/Nov\/2026:\d\d:\d\d:\d\d \+0000\] "[A-Z]+ \/\S* HTTP\/\d\.\d" \d{3} (\d+|-) "[^"]+" "[^"]+" \d+$/;

/** Two minutes of log at 100 lines a second. */
function linesOf(site: (typeof SITES)[number], seed: number): string[] {
  const source = lineSource(site, seed, START);
  return Array.from({ length: 12_000 }, (_, i) => source.next(START + i * 10));
}

describe.each(SITES)("the log of $name", (site) => {
  const lines = linesOf(site, 1);
  const access = lines.filter((line) => !line.startsWith("{"));
  const records = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));

  it("is the same for the same seed", () => {
    expect(linesOf(site, 1)).toEqual(lines);
  });

  it("is another one for another seed", () => {
    expect(linesOf(site, 2)).not.toEqual(lines);
  });

  it("holds combined lines with a response time", () => {
    expect(access.length).toBeGreaterThan(1_000);
    expect(access.filter((line) => !ACCESS.test(line))).toEqual([]);
  });

  it("holds JSON lines with a time, a level and a trace", () => {
    expect(records.length).toBeGreaterThan(100);
    for (const record of records) {
      expect(record).toMatchObject({
        time: expect.stringMatching(/^2026-11-10T12:0[01]:/),
        level: expect.stringMatching(/^(debug|info|warn|error|fatal)$/),
        msg: expect.any(String),
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    }
  });

  it("has IPv6 among the addresses", () => {
    const share = access.filter((line) => line.slice(0, line.indexOf(" ")).includes(":")).length / access.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.3);
  });

  it("has people, crawlers and programs", () => {
    const text = access.join("\n");
    for (const agent of ["Chrome/", "Firefox/", "iPhone", "Googlebot", "curl/"]) expect(text).toContain(agent);
  });

  it("has a deploy within two minutes", () => {
    expect(records.map(({ event }) => event)).toContain("deploy_finished");
  });

  it("has seconds without a failure, and seconds with many", () => {
    const failures = new Map<string, number>();
    for (const line of access) {
      const second = /:(\d\d:\d\d:\d\d) /.exec(line)![1]!;
      failures.set(second, (failures.get(second) ?? 0) + (/" 5\d\d /.test(line) ? 1 : 0));
    }
    expect(Math.min(...failures.values())).toBe(0);
    expect(Math.max(...failures.values())).toBeGreaterThan(5);
  });
});
