import { describe, expect, it } from "vitest";
import { parseEntry } from "../../../core/parse/parse-entry.ts";
import type { FieldEntry } from "../../../core/record.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 3, 0, 0);
const LINE = '127.0.0.1 - ann [11/Oct/2019:18:23:59 +0000] "GET /a HTTP/1.1" 404 153 "-" "curl/7.58.0"';

function recordOf(entry: FieldEntry): object {
  const parsed = parseEntry(entry, { nowMs: NOW_MS, zone: "UTC", durationUnit: "ms" });
  if (!parsed.ok) throw new Error(parsed.reason);
  return Object.fromEntries(Object.entries(parsed.value).filter(([, value]) => value !== undefined));
}

describe("a line among fields", () => {
  it("is read as if it stood alone, and the fields fill the rest", () => {
    expect(recordOf({ fields: { host: "web-1", job: "nginx" }, text: LINE })).toMatchObject({
      tsMs: Date.UTC(2019, 9, 11, 18, 23, 59),
      ip: "127.0.0.1",
      status: 404,
      host: "web-1",
      attrs: { job: "nginx" },
      parser: "combined",
    });
  });

  it("wins where both say something", () => {
    expect(recordOf({ fields: { level: "info", path: "/b", status: 200 }, text: LINE })).toMatchObject({
      path: "/a",
      status: 404,
      level: "warn",
    });
  });

  it("keeps its own time unless the envelope has one", () => {
    const fields = { time: "2020-01-01T00:00:00Z" };
    expect(recordOf({ fields, text: LINE })).toMatchObject({ tsMs: Date.UTC(2019, 9, 11, 18, 23, 59) });
    expect(recordOf({ fields, text: LINE, timeNs: 1570818239000000001n })).toMatchObject({
      tsMs: 1570818239000,
      subNs: 1,
    });
    expect(recordOf({ fields, text: "no time in it" })).toMatchObject({ tsMs: Date.UTC(2020, 0, 1) });
    expect(recordOf({ fields: {}, text: "no time at all" })).toMatchObject({ tsMs: NOW_MS, flags: ["no_time"] });
  });

  it("can be had back where its record has become another", () => {
    expect(recordOf({ fields: {}, text: LINE })).not.toHaveProperty("raw");
    expect(recordOf({ fields: {}, text: LINE, timeMs: NOW_MS })).toHaveProperty("raw", LINE);
  });

  it("takes the level of a field before a guess", () => {
    expect(recordOf({ fields: { level: "info" }, text: "ERROR is only a word here" })).toMatchObject({ level: "info" });
    expect(recordOf({ fields: {}, text: "ERROR it broke" })).toMatchObject({ level: "error" });
  });

  it("keeps both of two attributes of one name", () => {
    expect(recordOf({ fields: { n: "5", only: 1 }, text: '{"n":5,"msg":"x"}' })).toMatchObject({
      message: "x",
      attrs: { n: 5, only: 1, "outer.n": "5" },
    });
    expect(recordOf({ fields: { message: "other", level: "info" }, text: "plain", timeMs: NOW_MS })).toMatchObject({
      message: "plain",
      attrs: { "outer.message": "other" },
    });
  });

  it.each([
    "order 7 accepted",
    "Oct 11 22:14:15 host app[1]: failed",
    "I1122 01:00:00.000000 1 main.go:1] started",
    "level=warn msg=slow",
    '{"level":"warn","msg":"slow"}',
    "<34>1 2003-10-11T22:14:15.003Z host su - ID47 - failed",
    "CEF:0|a|b|1|100|name|3|src=10.0.0.1",
  ])("gives the same with and without what its envelope knows: %s", (text) => {
    const known = recordOf({ fields: { level: "error" }, text, timeMs: NOW_MS }) as Record<string, unknown>;
    const alone = recordOf({ fields: {}, text, timeMs: NOW_MS }) as Record<string, unknown>;
    for (const name of ["message", "host", "app", "parser", "raw", "attrs"]) expect(known[name]).toEqual(alone[name]);
  });
});
