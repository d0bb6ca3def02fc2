import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ATTRS, MAX_DEPTH } from "../../../core/fields/bounded.ts";
import { recordOfFields } from "../../../core/fields/record-of-fields.ts";
import type { ParseContext } from "../../../core/parse/parser.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 3, 0, 0);
const CONTEXT: ParseContext = { nowMs: NOW_MS, zone: "UTC", durationUnit: "ms" };

const recordOf = (fields: Record<string, unknown>, context = CONTEXT) => {
  const record = recordOfFields({ fields }, context);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
};

/** What a record has beside its time and the name of the reader. */
const fieldsOf = (fields: Record<string, unknown>, context = CONTEXT) => {
  const { tsMs, subNs, parser, flags, ...rest } = recordOf(fields, context);
  return rest;
};

describe("recordOfFields reads durations", () => {
  it.each<[string, unknown, number]>([
    ["duration_ms", 12, 12],
    ["durationMs", "12.5", 12.5],
    ["latency_ms", 3, 3],
    ["response_time_us", 1500, 1.5],
    ["elapsed_ns", 2_000_000, 2],
    ["duration_s", 0.25, 250],
    ["elapsedSeconds", 2, 2_000],
    ["duration", 7, 7],
    ["duration", "12ms", 12],
    ["latency", "1.5s", 1_500],
    ["took", "250µs", 0.25],
    ["duration", "1m2.5s", 62_500],
    ["elapsed", "00:00:01.5000000", 1_500],
    ["responseTime", 45, 45],
  ])("%s: %j", (name, value, ms) => {
    expect(recordOf({ [name]: value }).durationMs).toBe(ms);
  });

  it("takes a bare number in the unit of the service", () => {
    expect(recordOf({ duration: 1_500 }, { ...CONTEXT, durationUnit: "us" }).durationMs).toBe(1.5);
    expect(recordOf({ duration_ms: 1_500 }, { ...CONTEXT, durationUnit: "us" }).durationMs).toBe(1_500);
  });
});

describe("recordOfFields loses nothing", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a status that is a word", { status: "abc" }],
    ["an object for a size", { bytes: {} }],
    ["a level nobody knows", { level: "STATS" }],
    ["a time that is none", { time: "yesterday-ish" }],
    ["a path on a disk", { path: "./config.json" }],
    ["a method that is code", { method: "getUser" }],
    ["a country by its full name", { client_country: "Vietnam" }],
    ["a host name where an address belongs", { ip: "web-1" }],
    ["types", { a: 1, b: true, c: null, d: [1, "x", {}], e: { f: 1.5 } }],
    ["a list where an object was looked for", { http: [1, 2] }],
  ])("%s", (_name, fields) => {
    expect(fieldsOf(fields)).toEqual({ attrs: fields });
  });

  it("keeps the less preferred of two names", () => {
    const expected = { path: "/a", attrs: { url: "https://x.example/b" } };
    expect(fieldsOf({ url: "https://x.example/b", path: "/a" })).toEqual(expected);
    expect(fieldsOf({ path: "/a", url: "https://x.example/b" })).toEqual(expected);
  });

  it("keeps the less preferred of two names inside of an object", () => {
    const expected = { ip: "192.0.2.1", attrs: { request: { remote_ip: "10.0.0.1", n: 1 } } };
    expect(fieldsOf({ request: { remote_ip: "10.0.0.1", n: 1, client_ip: "192.0.2.1" } })).toEqual(expected);
    expect(fieldsOf({ request: { client_ip: "192.0.2.1", n: 1, remote_ip: "10.0.0.1" } })).toEqual(expected);
    expect(fieldsOf({ request: { remote_ip: "10.0.0.1", client_ip: "10.0.0.1" } })).toEqual({ ip: "10.0.0.1" });
  });

  it("treats a hostile key as data", () => {
    const fields = JSON.parse('{"__proto__":{"polluted":1},"constructor":"c","a":{"__proto__":2}}');
    const attrs = recordOfFields({ fields }, CONTEXT).attrs!;
    expect(Object.keys(attrs)).toEqual(["__proto__", "constructor", "a"]);
    expect(JSON.stringify(attrs)).toBe(JSON.stringify(fields));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("keeps every value somewhere, whatever the names", () => {
    const name = fc.oneof(
      fc.constantFrom(
        "time",
        "level",
        "msg",
        "http",
        "url",
        "status",
        "bytes",
        "duration",
        "user",
        "fields",
        "name",
        "__proto__",
      ),
      fc.string({ maxLength: 8 }),
    );
    const value = fc.oneof(fc.integer({ min: 1_000, max: 1_000_000 }).map((n) => `v${n}`));
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value, { maxKeys: 3 })), { maxKeys: 8 }),
        (fields) => {
          const text = JSON.stringify(recordOfFields({ fields }, CONTEXT));
          for (const [word] of JSON.stringify(fields).matchAll(/v\d+/g)) expect(text).toContain(word);
        },
      ),
    );
  });
});

describe("recordOfFields and time", () => {
  it("takes the envelope's time before the fields'", () => {
    const record = recordOfFields({ fields: { time: "2020-01-01T00:00:00Z" }, timeNs: 1570818239000000001n }, CONTEXT);
    expect(record).toMatchObject({ tsMs: 1570818239000, subNs: 1, attrs: { time: "2020-01-01T00:00:00Z" } });
  });

  it("does not repeat the envelope's time", () => {
    const record = recordOfFields({ fields: { time: 1570818239000, msg: "x" }, timeMs: 1570818239000 }, CONTEXT);
    expect(record).toMatchObject({ tsMs: 1570818239000, attrs: undefined });
  });

  it("falls back to the time of receipt, and says so", () => {
    expect(recordOfFields({ fields: { msg: "x" } }, CONTEXT)).toMatchObject({ tsMs: NOW_MS, flags: ["no_time"] });
  });
});

describe("recordOfFields at its limits", () => {
  it.each([
    [MAX_ATTRS, MAX_ATTRS, undefined],
    [MAX_ATTRS + 1, MAX_ATTRS, ["cut"]],
  ])("of %i attributes keeps %i", (given, kept, flags) => {
    const fields = Object.fromEntries(Array.from({ length: given }, (_, i) => [`k${i}`, i]));
    const record = recordOfFields({ fields, timeMs: NOW_MS }, CONTEXT);
    expect(Object.keys(record.attrs!)).toHaveLength(kept);
    expect(record.flags).toEqual(flags);
    expect(record.raw).toBe(flags && JSON.stringify(fields));
  });

  it.each([
    [MAX_DEPTH - 1, undefined],
    [MAX_DEPTH, ["cut"]],
    [5_000, ["cut"]],
  ])("with %i objects inside one another", (depth, flags) => {
    const fields = { a: JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`) };
    expect(recordOfFields({ fields, timeMs: NOW_MS }, CONTEXT).flags).toEqual(flags);
  });

  it("does not follow transparent objects for ever", () => {
    const fields = JSON.parse(`${'{"fields":'.repeat(5_000)}1${"}".repeat(5_000)}`);
    expect(recordOfFields({ fields, timeMs: NOW_MS }, CONTEXT).flags).toEqual(["cut"]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        (fields) => void recordOfFields({ fields: fields as Record<string, unknown> }, CONTEXT),
      ),
    );
  });
});
