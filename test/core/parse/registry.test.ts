import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawOf } from "../../../core/parse/raw-of.ts";
import { PARSERS, parsersOf } from "../../../core/parse/registry.ts";
import { CONTEXT, INSIDE } from "./context.ts";

const HOSTILE = [
  "",
  " ",
  "\0",
  "=",
  '"',
  '="',
  "\\",
  "{",
  "[]",
  "null",
  "{}",
  "<",
  "<0>",
  "<999>1 ",
  "CEF:",
  "CEF:0|||||||",
  "#Fields:",
  "🙂=🙂",
  "__proto__=1 a=2",
  '{"__proto__":{"x":1},"constructor":1}',
  '<1>1 - - - - - [__proto__ __proto__="x"] x',
  "CEF:0|a|b|c|d|e|1|__proto__=x cs1Label=__proto__ cs1=y",
  "a=".repeat(5_000),
  "a=1 ".repeat(5_000),
  '"'.repeat(5_000),
  "[".repeat(5_000),
  "<".repeat(5_000),
  '\\"'.repeat(5_000),
  `<1>1 - - - - - ${'[a b="'.repeat(2_000)}`,
  `h - - [17/May/2015:10:05:03 +0000] "${"\\".repeat(5_000)}`,
  `${"2024-01-02T03:04:05Z stdout F ".repeat(300)}x`,
];

/** Each is of one format: the parsers before it must leave it, itself must take it. */
const SAMPLES: Record<string, string> = {
  json: '{"message":"ready"}',
  access: 'h - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1',
  compose: "web-1  | ready",
  syslog5424: "<34>1 2003-10-11T22:14:15.003Z host app 7 ID47 - ready",
  cri: "2016-10-06T00:17:09.669794202Z stdout F ready",
  nginx_error: "2023/01/02 03:04:05 [error] 31#31: *1 open() failed, client: 10.0.0.1",
  apache_error: "[Wed Oct 11 14:32:52.123456 2000] [core:error] [pid 17] ready",
  alb: 'http 2018-07-02T22:23:00.186641Z app/x/1 10.0.0.9:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://a:80/ HTTP/1.1" "curl" - - arn "Root=1" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"',
  w3c: "2023-01-02 03:04:05 10.0.0.1 GET /a - 80 - 10.0.0.9 curl - 200 0 0 12",
  cef: "CEF:0|vendor|product|1|100|name|5|src=10.0.0.1",
  syslog3164: "<34>Oct 11 22:14:15 host app[7]: ready",
  logfmt: "level=info msg=ready",
  text: "ready",
};

const first = (line: string) => PARSERS.find((parser) => parser.parse(line, CONTEXT, INSIDE) !== undefined)?.name;

it("has names that are all different", () => {
  expect(new Set(PARSERS.map(({ name }) => name)).size).toBe(PARSERS.length);
});

it.each(PARSERS)("gives $name its lines", ({ name }) => {
  expect(first(SAMPLES[name]!)).toBe(name);
});

describe("by its first character", () => {
  it.each(PARSERS)("$name is shown its lines", (parser) => {
    expect(parsersOf(SAMPLES[parser.name]!)).toContain(parser);
  });

  it("a line is shown to every parser that would take it", () => {
    const line = fc.tuple(fc.string({ unit: "binary", maxLength: 1 }), fc.constantFrom(...Object.values(SAMPLES)));
    fc.assert(
      fc.property(line, ([start, rest]) => {
        const text = start + rest;
        const takers = PARSERS.filter((parser) => parser.parse(text, { ...CONTEXT }, INSIDE) !== undefined);
        expect(parsersOf(text)).toEqual(expect.arrayContaining(takers));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe.each(PARSERS)("$name", (parser) => {
  const check = (line: string) => {
    const record = parser.parse(line, { ...CONTEXT }, INSIDE);
    if (!record) return;
    expect(Number.isSafeInteger(record.tsMs)).toBe(true);
    expect(Object.getPrototypeOf(record.attrs ?? {})).toBe(Object.prototype);
    expect(Object.keys(record.attrs ?? {}).length).toBeLessThanOrEqual(260);
    expect(rawOf(record)).toBe(line);
  };

  it.each(HOSTILE.map((line) => [line.slice(0, 20), line]))("answers %j without throwing", (_shown, line) =>
    check(line),
  );

  it("answers a torn or changed line of its own", () => {
    const sample = SAMPLES[parser.name]!;
    const place = fc.nat(sample.length);
    fc.assert(
      fc.property(place, place, fc.string({ unit: "binary", maxLength: 4 }), (from, to, put) => {
        check(sample.slice(0, from));
        check(sample.slice(0, Math.min(from, to)) + put + sample.slice(Math.max(from, to)));
      }),
      { numRuns: 500 },
    );
  });
});
