import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Filter } from "../../../core/query/filter.ts";
import { filterText } from "../../../core/query/filter-text.ts";
import { MAX_FILTER_CHARS, MAX_FILTER_DEPTH, MAX_FILTER_TERMS, parseFilter } from "../../../core/query/parse-filter.ts";
import { filter } from "./arbitraries/filter.ts";

const attrs = (...attribute: string[]) => ({ attribute });
const word = (...pattern: string[]): Filter => ({ kind: "text", pattern });
const is = (field: string | { attribute: string[] }, ...pattern: string[]) => ({ kind: "is", field, pattern });
const from = (value: unknown, inclusive = true) => ({ low: { value, inclusive } });
const to = (value: unknown, inclusive = true) => ({ high: { value, inclusive } });

describe("parseFilter reads", () => {
  it.each<[string, string, unknown]>([
    ["nothing", "  ", { kind: "all" }],
    ["a star", "*", { kind: "all" }],
    ["a word", "timeout", word("timeout")],
    ["a word with a gap", "*conn*reset*", word("conn", "reset")],
    ["a phrase", '"connection reset"', word("connection reset")],
    ["a star in quotes as a star", '"a*b"', word("a*b")],
    ["escapes in quotes", '"say \\"hi\\" C:\\temp \\\\"', word('say "hi" C:\\temp \\')],
    ["escapes outside of quotes", "a\\*b\\ c\\:d", word("a*b c:d")],
    ["a backslash before a letter as itself", "C:\\temp\\x", word("C:\\temp\\x")],
    ["an address as a word", "https://example.com/x?a=b:c", word("https://example.com/x?a=b:c")],
    ["a scope as a word", "std::string", word("std::string")],
    ["a clock time as a word", "10:15:30", word("10:15:30")],
    ["a path as a word", "/api/items:1", word("/api/items:1")],
    ["brackets in a word", "sshd[12]", word("sshd[12]")],
    ["implied and", "a b", { kind: "and", parts: [word("a"), word("b")] }],
    [
      "and before or",
      "a b OR c AND d",
      {
        kind: "or",
        parts: [
          { kind: "and", parts: [word("a"), word("b")] },
          { kind: "and", parts: [word("c"), word("d")] },
        ],
      },
    ],
    ["a group", "a (b OR c)", { kind: "and", parts: [word("a"), { kind: "or", parts: [word("b"), word("c")] }] }],
    ["lower case keywords as words", "and or", { kind: "and", parts: [word("and"), word("or")] }],
    ["minus", "-path:/healthz", { kind: "not", part: is("path", "/healthz") }],
    ["NOT", "NOT (a b)", { kind: "not", part: { kind: "and", parts: [word("a"), word("b")] } }],
    ["two negations as none", "NOT -a", word("a")],
    ["a minus inside a word", "x-y", word("x-y")],
    ["a glob", "path:/api/*", is("path", "/api/", "")],
    ["stars side by side as one", "path:a**b", is("path", "a", "b")],
    ["a value with colons", "referrer:https://a.b:80/c@d", is("referrer", "https://a.b:80/c@d")],
    ["an empty value in quotes", 'path:""', is("path", "")],
    ["snake and camel case", "trace_id:1 traceId:1", { kind: "and", parts: [is("traceId", "1"), is("traceId", "1")] }],
    ["an attribute", "attrs.a.b:1", is(attrs("a", "b"), "1")],
    ["an unknown field as an attribute", "order.id:1", is(attrs("order", "id"), "1")],
    ["quotes in an attribute's name", 'attrs."a b"."c.d":1', is(attrs("a b", "c.d"), "1")],
    [
      "slashes in an attribute's name",
      "attrs.app.kubernetes.io/name:web",
      is(attrs("app", "kubernetes", "io/name"), "web"),
    ],
    ["a number", "status:500", { kind: "within", field: "status", ...from(500), ...to(500) }],
    ["a class", "status:5xx", { kind: "within", field: "status", ...from(500), ...to(599) }],
    ["a comparison", "status:>=500", { kind: "within", field: "status", ...from(500) }],
    ["a strict comparison", "duration_ms:<1.5", { kind: "within", field: "durationMs", ...to(1.5, false) }],
    ["a comparison of an attribute", "attrs.n:>-5", { kind: "within", field: attrs("n"), ...from(-5, false) }],
    ["a range", "bytes:[100 TO 500]", { kind: "within", field: "bytes", ...from(100), ...to(500) }],
    [
      "a range without its ends",
      "bytes:{100 TO 500}",
      { kind: "within", field: "bytes", ...from(100, false), ...to(500, false) },
    ],
    ["a range with an open end", "bytes:[* TO 500}", { kind: "within", field: "bytes", ...to(500, false) }],
    ["a level", "level:error", { kind: "within", field: "level", ...from(4), ...to(4) }],
    ["another name of a level", "level:>=WARNING", { kind: "within", field: "level", ...from(3) }],
    ["has", "has:trace_id", { kind: "has", field: "traceId" }],
    ["has of an attribute", "has:cart.total", { kind: "has", field: attrs("cart", "total") }],
    ["a star as has", "user:*", { kind: "has", field: "user" }],
    [
      "values in a group",
      "level:(error OR fatal)",
      {
        kind: "or",
        parts: [
          { kind: "within", field: "level", ...from(4), ...to(4) },
          { kind: "within", field: "level", ...from(5), ...to(5) },
        ],
      },
    ],
    [
      "not among values",
      'path:(/a* -"/ab")',
      { kind: "and", parts: [is("path", "/a", ""), { kind: "not", part: is("path", "/ab") }] },
    ],
    ["an address", "ip:10.0.0.1", { kind: "network", address: "10.0.0.1", bits: 32 }],
    ["a network", "ip:10.1.2.3/8", { kind: "network", address: "10.0.0.0", bits: 8 }],
    ["an IPv6 network", "ip:2001:DB8:0:0::/32", { kind: "network", address: "2001:db8::", bits: 32 }],
    ["the IPv6 loopback", "ip:::1", { kind: "network", address: "::1", bits: 128 }],
    ["an address with a star", "ip:10.0.*", is("ip", "10.0.", "")],
    ["a relative time", "time:>-15m", { kind: "when", ...from({ agoMs: 900_000 }, false) }],
    ["now", "time:[now-2h TO now]", { kind: "when", ...from({ agoMs: 7_200_000 }), ...to({ agoMs: 0 }) }],
    [
      "a day",
      "time:2026-11-22",
      { kind: "when", ...from(Date.UTC(2026, 10, 22)), ...to(Date.UTC(2026, 10, 23), false) },
    ],
    ["after a day", "time:>2026-11-22", { kind: "when", ...from(Date.UTC(2026, 10, 23)) }],
    ["up to a month", "time:<=2026-12", { kind: "when", ...to(Date.UTC(2027, 0, 1), false) }],
    [
      "an instant with a zone",
      "time:>=2026-11-22T10:30:00.250+02:00",
      { kind: "when", ...from(Date.UTC(2026, 10, 22, 8, 30, 0, 250)) },
    ],
    ["epoch milliseconds", "time:<1700000000000", { kind: "when", ...to(1_700_000_000_000, false) }],
    ["a flag", "flags:late", is("flags", "late")],
  ])("%s: %j", (_name, text, expected) => {
    expect(parseFilter(text)).toEqual({ ok: true, value: expected });
  });
});

describe("parseFilter refuses", () => {
  it.each<[string, string, number, string]>([
    ["a field without a value", "level:error path: x", 18, "a value after ':'"],
    ["a field at the end", "status:", 8, "a value after ':'"],
    ["an open quote", 'a "b', 5, "a closing quote"],
    ["an empty phrase", 'a ""', 3, "text between the quotes"],
    ["a phrase as a name", '"a b":1', 6, "a space after the quoted text"],
    ["an open parenthesis", "(a OR b", 8, "')'"],
    ["a parenthesis too many", "a)", 2, "a term"],
    ["empty parentheses", "a ()", 4, "a term"],
    ["OR at the start", "OR a", 1, "a term before OR"],
    ["OR at the end", "a OR", 5, "a term"],
    ["OR twice", "a OR OR b", 6, "a term before OR"],
    ["AND at the start", "( AND a)", 3, "a term before AND"],
    ["a lone minus", "a - b", 4, "a term right after '-'"],
    ["NOT of nothing", "NOT", 4, "a term"],
    ["text for a number", "status:5o0", 8, "a number"],
    ["a glob of numbers", "status:5*", 8, "a number"],
    ["an unknown level", "level:>=loud", 9, "a level: trace, debug, info, warn, error, fatal"],
    ["an unknown flag", "flags:odd", 7, "a flag: late, early, cut, redacted, no_time, joined, sampled, invalid_utf8"],
    ["an impossible day", "time:>2026-02-30", 7, "a time, such as -15m, now, 2026-11-22 or 2026-11-22T10:30:00Z"],
    ["a mapped network beyond IPv4", "ip:::ffff:10.0.0.0/95", 4, "a network, such as 10.0.0.0/8 or 2001:db8::/32"],
    ["a network too small", "ip:10.0.0.0/33", 4, "a network, such as 10.0.0.0/8 or 2001:db8::/32"],
    ["a comparison of text", "path:>/a", 6, "text or '*', as 'path' has no order (quotes take '>' as text)"],
    ["a range of text", "path:[a TO b]", 6, "text or '*', as 'path' has no order (quotes take '[' as text)"],
    ["a comparison with text", "attrs.a:>b", 10, "a number"],
    ["a comparison with nothing", "status:>= 5", 10, "a value after '>='"],
    ["a range without TO", "status:[1 2]", 11, "TO and the upper end of the range"],
    ["a range without an upper end", "status:[1 TO ]", 14, "a value or '*'"],
    ["an open range", "status:[1 TO 2", 15, "']' or '}'"],
    ["attrs without a name", "attrs:x", 6, "'.' and a name after 'attrs'"],
    ["has of no name", "has:/x", 5, "the name of a field"],
    ["a name that is too deep", "a.b.c.d.e.f.g.h.i:1", 1, "a name of at most 8 parts"],
    ["too many gaps in a word", "b a*a*a*a*a*a*a*a*a*a", 3, "at most 8 '*' in a value"],
    ["too many gaps", "path:a*a*a*a*a*a*a*a*a*a", 6, "at most 8 '*' in a value"],
    ["a NUL", "a\0", 2, "no NUL character"],
  ])("%s: %j", (_name, text, column, expected) => {
    expect(parseFilter(text)).toEqual({
      ok: false,
      reason: "invalid_filter",
      detail: `column ${column}: expected ${expected}`,
      column,
      expected,
    });
  });
});

describe("parseFilter at its limits", () => {
  const nested = (depth: number) => `${"(".repeat(depth)}a${")".repeat(depth)}`;
  const terms = (count: number) => Array.from({ length: count }, (_, index) => `a${index}`).join(" ");
  it.each([
    ["characters", "a".repeat(MAX_FILTER_CHARS), "a".repeat(MAX_FILTER_CHARS + 1)],
    ["parentheses", nested(MAX_FILTER_DEPTH), nested(MAX_FILTER_DEPTH + 1)],
    ["conditions", terms(MAX_FILTER_TERMS), terms(MAX_FILTER_TERMS + 1)],
  ])("takes so many %s and no more", (name, most, tooMuch) => {
    expect(parseFilter(most)).toMatchObject({ ok: true });
    expect(parseFilter(tooMuch)).toMatchObject({ ok: false, expected: expect.stringContaining(name) });
  });

  it("takes as many minus signs as there is room for", () => {
    expect(parseFilter(`${"-".repeat(MAX_FILTER_CHARS - 1)}a`)).toMatchObject({ ok: true, value: { kind: "not" } });
  });
});

it("reads what filterText writes as the same filter", () => {
  fc.assert(
    fc.property(filter, (any) => {
      expect(parseFilter(filterText(any))).toEqual({ ok: true, value: any });
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

const TOKENS =
  `( ) [ ] { } : " \\ * - > >= < <= AND OR NOT TO has: attrs. attrs: path: status: level: time: ip: flags: foo: a.b: x 5 5xx error -15m now 10.0.0.0/8 ::1
  // , . é`.split(/\s+/);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.oneof(fc.constantFrom(...TOKENS), fc.constant(" ")), { maxLength: 24 }).map((tokens) => tokens.join("")),
);

it("reads or refuses any text, and writes what it has read as text of the same meaning", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const parsed = parseFilter(text);
      if (parsed.ok) {
        expect(parseFilter(filterText(parsed.value))).toEqual(parsed);
        return;
      }
      expect(parsed.column).toBeGreaterThanOrEqual(1);
      expect(parsed.column).toBeLessThanOrEqual(text.length + 1);
      expect(parsed.detail).toBe(`column ${parsed.column}: expected ${parsed.expected}`);
    }),
    { numRuns: 3_000 },
  );
}, 60_000);
