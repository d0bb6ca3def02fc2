import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEntry } from "../../../../core/parse/parse-entry.ts";
import { compilePattern } from "../../../../core/parse/pattern/compile-pattern.ts";
import { CONTEXT, parsedBy } from "../context.ts";

const parsed = (pattern: string, line: string, settings = {}) => {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(compiled.detail);
  return parsedBy(compiled.value, line, settings);
};

const COMBINED = '10.0.0.9 - bob [17/May/2015:10:05:03 +0200] "GET /a HTTP/1.1" 404 7 "http://from/" "curl/8"';
const FIELDS = {
  tsMs: Date.UTC(2015, 4, 17, 8, 5, 3),
  level: "warn",
  message: "GET /a HTTP/1.1",
  method: "GET",
  path: "/a",
  protocol: "HTTP/1.1",
  status: 404,
  bytes: 7,
  ip: "10.0.0.9",
  user: "bob",
  referrer: "http://from/",
  userAgent: "curl/8",
  parser: "pattern",
};

describe("the three spellings of one format", () => {
  it.each([
    ["Apache's", '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i" %D'],
    [
      "Apache's whole directive",
      'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-agent}i\\" %D" combined',
    ],
    [
      "nginx's",
      '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $duration_us',
    ],
    ["a template", '{ip} {} {user} [{time}] "{request}" {status} {bytes} "{referrer}" "{user_agent}" {duration_us}'],
  ])("%s", (name, pattern) => {
    const line = `${COMBINED} 1500`;
    const duration = name === "nginx's" ? { attrs: { duration_us: "1500" } } : { durationMs: 1.5 };
    expect(parsed(pattern, line)).toEqual({ ...FIELDS, ...duration, raw: line });
  });

  it("nginx's whole directive", () => {
    const pattern =
      "log_format main escape=default '$remote_addr [$time_iso8601] '\n '\"$request\" $status $request_time';";
    expect(parsed(pattern, '10.0.0.9 [2015-05-17T10:05:03+02:00] "GET /a HTTP/1.1" 404 0.250')).toMatchObject({
      tsMs: FIELDS.tsMs,
      status: 404,
      durationMs: 250,
    });
  });
});

describe("a pattern reads", () => {
  it.each([
    ["the final status of a redirect", "%s %>s", "301 200", { status: 200 }],
    ["the finer of two durations", "%T %{ms}T", "1 1042", { durationMs: 1042 }],
    ["a condition on the status as absent", '"%!400r" "%r"', '"-" "GET / HTTP/1.1"', { path: "/" }],
    ["a path and its query", "%m %U%q %H", "GET /a?b=1 HTTP/1.1", { path: "/a?b=1", message: "GET /a?b=1 HTTP/1.1" }],
    ["a path without query", "%m %U%q %H", "GET /a HTTP/1.1", { path: "/a" }],
    [
      "a time in pieces",
      "%{%Y-%m-%dT%H:%M:%S}t.%{usec_frac}t%{%z}t",
      "2019-05-06T12:09:43.123456-0400",
      { tsMs: Date.UTC(2019, 4, 6, 16, 9, 43, 123), subNs: 456_000 },
    ],
    [
      "a time in half days",
      "%{%d/%b/%y %I:%M:%S %p}t %h",
      "06/May/19 01:09:43 PM h",
      { tsMs: Date.UTC(2019, 4, 6, 13, 9, 43) },
    ],
    ["a time that is absent", "%{%Y-%m-%d}t %h", "- h", { ip: "h", flags: ["no_time"] }],
    [
      "a quoted value with quotes in it",
      '"%{User-Agent}i" %s',
      String.raw`"a \"b\" c" 200`,
      { userAgent: String.raw`a \"b\" c`, status: 200 },
    ],
    ["a header as attribute", '"%{X-Forwarded-For}i" %h', '"10.0.0.1" h', { attrs: { x_forwarded_for: "10.0.0.1" } }],
    ["a percent sign", "%h 100%% %s", "h 100% 200", { status: 200 }],
    [
      "a level and free text",
      "{time} [{level}] {app}: {message}",
      "2024-01-02T03:04:05Z [WARN] shop: full: 3",
      { level: "warn", app: "shop", message: "full: 3" },
    ],
    ["an unknown name as attribute", "{ip} cache={cache}", "h cache=HIT", { attrs: { cache: "HIT" } }],
    ["braces", "{{{ip}}}", "{h}", { ip: "h" }],
    ["a service's unit", "{ip} {duration}", "h 1500", { durationMs: 1500 }],
    [
      "a value that is not what its field holds",
      "{ip} {status}",
      "h teapot",
      { status: undefined, attrs: { status: "teapot" } },
    ],
    ["a hexadecimal thread", "%P:%{hextid}P", "16:7fb9de5af700", { pid: "16", attrs: { tid: 0x7fb9de5af700 } }],
  ])("%s", (_name, pattern, line, fields) => {
    const compiled = compilePattern(pattern);
    expect(compiled.ok && compiled.value.parse(line, CONTEXT, () => expect.unreachable())).toMatchObject(fields);
  });

  it("no line that it does not account for to the end", () => {
    expect(parsed("%h %s", "h 200 more")).toMatchObject({ attrs: { status: "200 more" } });
    expect(parsed('%h "%r"', 'h "GET /" more')).toBeUndefined();
    expect(parsed("[{ip}]", "h")).toBeUndefined();
  });
});

describe("compilePattern refuses", () => {
  it.each([
    ["nothing", "", "empty_pattern", 1],
    ["text alone", "abc", "no_field", 1],
    ["an unknown directive", "%h %Q", "unknown_directive", 4],
    ["an unknown unit", "%h %{weeks}T", "unknown_directive", 4],
    ["an unknown conversion", "%{%Y %Q}t", "unknown_directive", 1],
    ["an open brace", "%h %{Referer", "unclosed_brace", 4],
    ["an open brace of a template", "{ip} {user", "unclosed_brace", 6],
    ["two fields with nothing between them", "{ip}{user}", "no_delimiter", 5],
    ["a name that is none", "{ip} {a b}", "unknown_directive", 6],
    ["a $ alone", "$remote_addr $ x", "unknown_directive", 14],
    ["a pattern too long", `{ip} ${"x".repeat(5_000)}`, "pattern_too_long", 4_096],
  ])("%s", (_name, pattern, reason, column) => {
    expect(compilePattern(pattern)).toMatchObject({
      ok: false,
      reason,
      detail: expect.stringMatching(new RegExp(`^column ${column}: `)),
    });
  });
});

describe("a service's pattern", () => {
  it("is tried first, and the other parsers after it", () => {
    const context = { ...CONTEXT, pattern: "{time}|{level}|{message}" };
    expect(parseEntry("2024-01-02T03:04:05Z|warn|full", context)).toMatchObject({
      value: { parser: "pattern", message: "full" },
    });
    expect(parseEntry(COMBINED, context)).toMatchObject({ value: { parser: "combined" } });
  });

  it("that does not compile is passed over", () => {
    expect(parseEntry(COMBINED, { ...CONTEXT, pattern: "{ip}{user}" })).toMatchObject({
      value: { parser: "combined" },
    });
  });
});

it("answers any pattern and any line without throwing", () => {
  const bits = fc.constantFrom(
    "%h",
    "%t",
    '"%r"',
    "%{Referer}i",
    "%{%Y-%m}t",
    "%U%q",
    "$status",
    "$uri",
    "{ip}",
    "{}",
    "{{",
    "%",
    "$",
    "{",
    " ",
    "-",
    '"',
    "x",
  );
  const pattern = fc.array(bits, { maxLength: 8 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom(" ", "-", '"', "x", "[", "]", "?", "2"), maxLength: 40 }),
      (text, line) => {
        const compiled = compilePattern(text);
        if (compiled.ok) {
          const record = compiled.value.parse(line, CONTEXT, () => expect.unreachable());
          expect(record?.raw ?? line).toBe(line);
        } else expect(compiled.detail).toMatch(/^column \d+: /);
      },
    ),
    { numRuns: 3_000 },
  );
});
