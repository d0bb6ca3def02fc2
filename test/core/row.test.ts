import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentIdOf } from "../../core/delivery/agent-id.ts";
import { joinPackText, packTextOf, recordsOfPackText, splitPackText } from "../../core/delivery/pack-text.ts";
import { templateOf } from "../../core/enrich/template-of.ts";
import { PARSERS } from "../../core/parse/registry.ts";
import { FLAGS, LEVELS, LogRecord } from "../../core/record.ts";
import { type Cell, PARSER_NAMES, ROW_COLUMNS, rowOf } from "../../core/row.ts";
import { longRows } from "./long-rows.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const record = fc
  .record({
    tsMs: fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
    subNs: maybe(fc.integer({ min: 1, max: 999_999 })),
    level: maybe(fc.constantFrom(...LEVELS)),
    message: maybe(text),
    method: maybe(fc.oneof(text, fc.constantFrom("GET", "PATCH"))),
    path: maybe(fc.oneof(text, fc.constantFrom("/items/7?x=1", "/a/42/b"))),
    protocol: maybe(fc.oneof(text, fc.constantFrom("HTTP/1.1", "HTTP/3"))),
    status: maybe(fc.integer({ min: 0, max: 999 })),
    bytes: maybe(fc.nat()),
    durationMs: maybe(fc.double({ min: 0, max: 1e9, noNaN: true })),
    ip: maybe(text),
    user: maybe(text),
    referrer: maybe(text),
    country: maybe(text),
    city: maybe(text),
    host: maybe(text),
    app: maybe(text),
    pid: maybe(text),
    traceId: maybe(text),
    spanId: maybe(text),
    userId: maybe(text),
    sessionId: maybe(text),
    event: maybe(text),
    raw: maybe(text),
    attrs: maybe(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)))),
    parser: fc.constantFrom(...PARSER_NAMES, "of_tomorrow"),
    flags: maybe(fc.subarray([...FLAGS], { minLength: 1 })),
  })
  .map(({ path, ...fields }) =>
    Object.assign(new LogRecord(), fields, { path, pathTemplate: path === undefined ? undefined : templateOf(path) }),
  );

describe("a pack's text", () => {
  it("gives back every record as it was", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const back = recordsOfPackText(splitPackText(joinPackText(packTextOf(records))));
        expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(JSON.stringify(records)));
      }),
    );
  });

  it("is read as versions before the short form wrote it", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const { rows, agents } = packTextOf(records);
        const long = JSON.stringify(longRows(JSON.parse(rows) as Cell[][], records));
        expect(recordsOfPackText({ rows: long, agents })).toEqual(recordsOfPackText({ rows, agents }));
      }),
    );
  });

  it("names a user agent once, however many records have it", () => {
    const agent = { userAgent: "curl/8", browser: "curl", device: "bot", bot: "curl" };
    const records = [1, 2, 3].map((tsMs) => Object.assign(new LogRecord(), { tsMs, ...agent }));
    const packed = packTextOf(records);
    expect(JSON.parse(packed.agents)).toEqual([[agentIdOf("curl/8"), "curl/8", "curl", null, "bot", "curl"]]);
    expect(recordsOfPackText(packed)).toEqual(records);
  });

  it("does not write the message of a request line twice", () => {
    const line = Object.assign(new LogRecord(), {
      method: "GET",
      path: "/x",
      pathTemplate: "/x",
      protocol: "HTTP/1.1",
      message: "GET /x HTTP/1.1",
    });
    expect(rowOf(line, null)).not.toContain("GET /x HTTP/1.1");
    expect(recordsOfPackText(packTextOf([line]))[0]?.message).toBe("GET /x HTTP/1.1");
  });
});

it("has a cell for every column", () => {
  const full = Object.assign(new LogRecord(), { city: "Zürich" });
  expect(rowOf(full, 1)).toHaveLength(ROW_COLUMNS.length);
});

it("knows the number of every parser that lines are stored under", () => {
  const stored = PARSERS.map(({ name }) => name).filter((name) => !["access", "cri"].includes(name));
  expect(PARSER_NAMES).toEqual(expect.arrayContaining([...stored, "combined", "common", "pattern"]));
});

it("tells a hundred thousand user agents apart", () => {
  const ids = new Set(
    Array.from({ length: 100_000 }, (_, at) => agentIdOf(`Mozilla/5.0 (X11; rv:${at}) Gecko/20100101`)),
  );
  expect(ids.size).toBe(100_000);
  expect([...ids].every(Number.isSafeInteger)).toBe(true);
});
