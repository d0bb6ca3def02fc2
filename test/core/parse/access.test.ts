import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { access } from "../../../core/parse/access.ts";
import { rawOf } from "../../../core/parse/raw-of.ts";
import { CONTEXT, INSIDE, parsedBy } from "./context.ts";

const AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";
const TIME = "17/May/2015:10:05:03 +0000";
const COMMON = `10.0.0.1 - - [${TIME}] "GET /a?b=1 HTTP/1.1" 200 777`;
const COMBINED = `${COMMON} "http://from.example/" "${AGENT}"`;

const parse = (line: string) => parsedBy(access, line);

const FIELDS = {
  tsMs: Date.UTC(2015, 4, 17, 10, 5, 3),
  level: "info",
  message: "GET /a?b=1 HTTP/1.1",
  method: "GET",
  path: "/a?b=1",
  protocol: "HTTP/1.1",
  status: 200,
  bytes: 777,
  ip: "10.0.0.1",
};

describe("access reads", () => {
  it("the common format", () => {
    expect(parse(COMMON)).toEqual({ ...FIELDS, parser: "common" });
  });

  it("the combined format", () => {
    expect(parse(COMBINED)).toEqual({
      ...FIELDS,
      referrer: "http://from.example/",
      userAgent: AGENT,
      parser: "combined",
    });
  });

  it("dashes as absence", () => {
    const { tsMs, parser } = { ...FIELDS, parser: "combined" };
    expect(parse(`- - - [${TIME}] "-" - - "-" "-"`)).toEqual({ tsMs, parser });
  });

  it("a line without time as received now", () => {
    expect(parse('- - - [-] "-" - -')).toMatchObject({ tsMs: CONTEXT.nowMs, flags: ["no_time"] });
  });

  it.each([
    ["a user", `10.0.0.1 - bob [${TIME}]`, { user: "bob" }],
    ["a user with spaces", `10.0.0.1 - John M. Doe [${TIME}]`, { user: "John M. Doe" }],
    ["an ident", `10.0.0.1 ident bob [${TIME}]`, { user: "bob", attrs: { ident: "ident" } }],
    ["a host name as client", `www.example.com - - [${TIME}]`, { ip: "www.example.com" }],
    ["IPv6", `2001:db8::1 - - [${TIME}]`, { ip: "2001:db8::1" }],
    ["a virtual host", `www.example.com 10.0.0.1 - - [${TIME}]`, { host: "www.example.com", ip: "10.0.0.1" }],
    [
      "its port",
      `www.example.com:443 10.0.0.1 - - [${TIME}]`,
      { host: "www.example.com", attrs: { server_port: 443 } },
    ],
    ["the first public of several addresses", `10.0.0.2, 85.181.35.98 - - [${TIME}]`, { ip: "85.181.35.98" }],
    ["quoted addresses", `"10.0.0.2, 85.181.35.98" 10.0.0.3 - - [${TIME}]`, { ip: "85.181.35.98" }],
  ])("%s", (_name, start, fields) => {
    expect(parse(`${start} "GET / HTTP/1.1" 200 1`)).toMatchObject(fields);
  });

  it.each([
    ["GET /", { method: "GET", path: "/", protocol: undefined }],
    ["GET /a b c HTTP/1.0", { method: "GET", path: "/a b c", protocol: "HTTP/1.0" }],
    ["GET /a  HTTP/2.0", { method: "GET", path: "/a ", protocol: "HTTP/2.0" }],
    ["OPTIONS * HTTP/1.1", { method: "OPTIONS", path: "*" }],
    ["GET http://example.com/x HTTP/1.1", { path: "http://example.com/x" }],
    ["\\x16\\x03\\x01", { method: undefined, path: undefined }],
    ["batman", { method: undefined, path: undefined }],
    ["hello there world", { method: undefined, path: undefined }],
    ["GET  HTTP/1.1", { path: undefined }],
    ['GET /\\"x\\" HTTP/1.1', { path: '/\\"x\\"' }],
  ])("the request %j", (request, fields) => {
    const record = access.parse(`10.0.0.1 - - [${TIME}] "${request}" 200 1 "-" "-"`, CONTEXT, INSIDE);
    expect(record).toMatchObject({ message: request, ...fields });
  });

  it.each([
    ["whole milliseconds", "45", {}, { durationMs: 45 }],
    ["microseconds where the service says so", "45", { durationUnit: "us" as const }, { durationMs: 0.045 }],
    ["seconds where the service says so", "45", { durationUnit: "s" as const }, { durationMs: 45_000 }],
    ["nginx's decimals as seconds", "0.123", {}, { durationMs: 123 }],
    ["nginx's decimals as seconds, whatever the unit", "1.005", { durationUnit: "us" as const }, { durationMs: 1_005 }],
    ["forwarding addresses", '"10.1.2.3"', {}, { attrs: { x_forwarded_for: "10.1.2.3" } }],
    ["an empty forwarding address", '"-"', {}, { attrs: undefined }],
    ["Traefik's", '7 "web@docker" "http://10.0.0.5:80" 12ms', {}, { durationMs: 12, attrs: { router: "web@docker" } }],
    ["an unknown one", '"Server timeout" [ERROR]', {}, { attrs: { extra: '"Server timeout" [ERROR]' } }],
  ])("a tail of %s", (_name, tail, settings, fields) => {
    expect(access.parse(`${COMBINED} ${tail}`, { ...CONTEXT, ...settings }, INSIDE)).toMatchObject(fields);
  });

  it("a response time after the common format", () => {
    expect(parse(`${COMMON} 45`)).toMatchObject({ parser: "common", durationMs: 45 });
  });

  it("the ingress controller's tail", () => {
    expect(parse(`${COMBINED} 512 0.004 [web-80] [] 10.0.0.9:80 777 0.005 200 abc123`)).toMatchObject({
      durationMs: 4,
      attrs: { upstream: "web-80", upstream_addr: "10.0.0.9:80", upstream_status: "200", request_id: "abc123" },
    });
  });

  it.each([
    [199, "info"],
    [404, "warn"],
    [503, "error"],
  ])("status %d as %s", (status, level) => {
    expect(parse(`10.0.0.1 - - [${TIME}] "GET / HTTP/1.1" ${status} 1`)).toMatchObject({ level, status });
  });
});

describe("access refuses", () => {
  it.each([
    ["an unescaped quote before a space", `10.0.0.1 - - [${TIME}] "GET /"x" HTTP/1.1" 200 1 "-" "-"`],
    ["nothing", ""],
    ["prose", "the server is ready"],
    ["a line without request", "- - - [1234] - - -"],
    ["a torn request", `10.0.0.1 - - [${TIME}] "GET /a`],
    ["a line that ends at its status", `10.0.0.1 - - [${TIME}] "GET / HTTP/1.1" 200`],
    ["a word for a status", `10.0.0.1 - - [${TIME}] "GET / HTTP/1.1" OK 12`],
    ["a size with letters", `10.0.0.1 - - [${TIME}] "GET / HTTP/1.1" 200 12k`],
    ["a line that begins at its user", ` - [${TIME}] "GET / HTTP/1.1" 200 12`],
    ["JSON", '{"a": [1] "b" 200 1}'],
  ])("%s", (_name, line) => expect(access.parse(line, CONTEXT, INSIDE)).toBeUndefined());
});

const word = fc.stringMatching(/^[\x21\x23-\x5a\x5e-\x7e]{1,20}$/);
const inQuotes = fc.oneof(fc.constant("-"), fc.constant(""), fc.stringMatching(/^[\x20\x21\x23-\x5b\x5d-\x7e]{1,40}$/));
const number = fc.oneof(fc.constant("-"), fc.constant("007"), fc.nat().map(String));
const line = fc
  .record({
    host: word,
    ident: fc.constantFrom("-", "-", "-", "id"),
    user: fc.oneof(fc.constant("-"), word, fc.constant("two words")),
    at: fc.date({ min: new Date("0001-01-01"), max: new Date("9998-12-31"), noInvalidDate: true }),
    zone: fc.constantFrom("+0000", "+0000", "-0000", "+0530"),
    request: inQuotes,
    status: fc.constantFrom("-", "200", "404", "001"),
    bytes: number,
    referrer: fc.option(inQuotes),
    agent: inQuotes,
    tail: fc.constantFrom("", "", " 12", " 012", " 0.250", " x", " "),
  })
  .map((part) => {
    const iso = part.at.toISOString();
    const month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
      part.at.getUTCMonth()
    ];
    const time = `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} ${part.zone}`;
    const rest = part.referrer === null ? "" : ` "${part.referrer}" "${part.agent}"`;
    return `${part.host} ${part.ident} ${part.user} [${time}] "${part.request}" ${part.status} ${part.bytes}${rest}${part.tail}`;
  });

describe("every access line", () => {
  it("can be had back as it was", () => {
    let written = 0;
    fc.assert(
      fc.property(line, fc.constantFrom("ms" as const, "us" as const), (text, durationUnit) => {
        const record = access.parse(text, { ...CONTEXT, durationUnit }, INSIDE);
        expect(record && rawOf(record)).toBe(text);
        if (record?.raw === undefined) written++;
      }),
      { numRuns: 2_000 },
    );
    // Else the property would hold of a parser that keeps every line.
    expect(written).toBeGreaterThan(20);
  });

  it("is kept as it is but for the plainest", () => {
    expect(access.parse(COMBINED, CONTEXT, INSIDE)?.raw).toBeUndefined();
    expect(access.parse(`${COMBINED} 45`, CONTEXT, INSIDE)?.raw).toBeUndefined();
    expect(access.parse(COMBINED.replace("+0000", "+0200"), CONTEXT, INSIDE)?.raw).toContain("+0200");
    expect(access.parse(`${COMBINED} 0.045`, CONTEXT, INSIDE)?.raw).toContain("0.045");
  });
});
