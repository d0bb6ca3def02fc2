import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choiceOfValue, complete } from "../../../core/query/complete.ts";
import { parseFilter } from "../../../core/query/parse-filter.ts";

/** The cursor stands at `|`. */
function at(marked: string) {
  const cursor = marked.indexOf("|");
  return complete(marked.replace("|", ""), cursor);
}

/** The text once the first choice is taken. */
function chosen(marked: string): string {
  const text = marked.replace("|", "");
  const { from, to, choices } = at(marked);
  return text.slice(0, from) + choices[0]!.text + text.slice(to);
}

describe("complete knows what is typed", () => {
  it.each<[string, object]>([
    ["|", { kind: "name", typed: "", from: 0, to: 0 }],
    ["sta|", { kind: "name", typed: "sta", from: 0, to: 3 }],
    ["-pa|", { kind: "name", typed: "pa", from: 1, to: 3 }],
    ["level:error (sta|", { kind: "name", typed: "sta", from: 13, to: 16 }],
    ["st|atus:500", { kind: "name", typed: "st", from: 0, to: 7 }],
    ["status|:500", { kind: "name", typed: "status", from: 0, to: 7 }],
    ["a | b", { kind: "name", typed: "", from: 2, to: 2 }],
    ["level:|", { kind: "value", field: "level", typed: "", from: 6, to: 6 }],
    ["level:er|r x", { kind: "value", field: "level", typed: "er", from: 6, to: 9 }],
    ["level:>=w|", { kind: "value", field: "level", typed: "w", from: 8, to: 9 }],
    ["level:(error OR w|)", { kind: "value", field: "level", typed: "w", from: 16, to: 17 }],
    ["level:(error |", { kind: "value", field: "level", typed: "", from: 13, to: 13 }],
    ["level:(error) w|", { kind: "name", typed: "w", from: 14, to: 15 }],
    ["time:[-1h TO n|]", { kind: "value", field: "time", typed: "n", from: 13, to: 14 }],
    ["time:[-|", { kind: "value", field: "time", typed: "-", from: 6, to: 7 }],
    ['path:"/a b|', { kind: "value", field: "path", typed: "/a b", from: 5, to: 10 }],
    ['path:"/a| b" c', { kind: "value", field: "path", typed: "/a", from: 5, to: 11 }],
    ['path:"/a" | c', { kind: "name", typed: "", from: 10, to: 10 }],
    ['"in a phrase|', { kind: "text", typed: "in a phrase" }],
    ["attrs.cart.total:4|", { kind: "value", field: { attribute: ["cart", "total"] }, typed: "4" }],
    ["has:tr|", { kind: "has", typed: "tr", from: 4, to: 6 }],
    ["ha|s:x", { kind: "name", typed: "ha", from: 0, to: 4 }],
    ["https://exa|mple.com", { kind: "name", typed: "https://exa" }],
  ])("%s", (marked, place) => {
    expect(at(marked)).toMatchObject(place);
  });
});

describe("complete offers", () => {
  it.each([
    ["sta|", "status:"],
    ["-st|atus:500", "-status:500"],
    ["durationm|", "duration_ms:"],
    ["duration_m|", "duration_ms:"],
    ["agent|", "user_agent:"],
    ["a O|", "a OR "],
    ["level:e|", "level:error"],
    ["level:(error OR f|)", "level:(error OR fatal)"],
    ["status:5|", "status:5xx"],
    ["time:|", "time:>-15m"],
    ["has:tr|", "has:trace_id"],
    ["flags:re|", "flags:redacted"],
    ["method:p|", "method:POST"],
  ])("for %s first %s", (marked, text) => {
    expect(chosen(marked)).toBe(text);
  });

  it("nothing in a phrase, and nothing that it would have to ask for", () => {
    expect(at('"lev|').choices).toEqual([]);
    expect(at("path:/a|").choices).toEqual([]);
    expect(at("attrs.x:|").choices).toEqual([]);
  });

  it("seen values in quotes where they need them", () => {
    expect(choiceOfValue(at("path:/A|"), "/api/x", "12")).toEqual({ text: "/api/x", about: "12" });
    expect(choiceOfValue(at("path:/a|"), "/a (b)", "12")).toEqual({ text: '"/a (b)"', about: "12" });
    expect(choiceOfValue(at("path:/a|"), "/b", "12")).toBeUndefined();
  });
});

const TOKENS = `( ) [ ] { } : " - > >= AND OR TO has: attrs. path: status: level: time: x 5xx -15m`.split(" ");
const anyText = fc.array(fc.constantFrom(...TOKENS, " ", " "), { maxLength: 16 }).map((tokens) => tokens.join(""));

describe("whatever is typed", () => {
  it("the place is around the cursor", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, anywhere) => {
        const cursor = anywhere % (text.length + 1);
        const { from, to, typed } = complete(text, cursor);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(Math.max(from, cursor));
        expect(to).toBeLessThanOrEqual(text.length);
        expect(text.slice(from, Math.max(from, cursor)).replace(/^"/, "")).toBe(typed);
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);

  it("a value that is taken after a field's name can be read", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), (value) => {
        const choice = choiceOfValue(at("path:|"), value, "")!;
        const parsed = parseFilter(`path:${choice.text}`);
        expect(parsed).toEqual({ ok: true, value: { kind: "is", field: "path", pattern: [value] } });
      }),
    );
  });
});
