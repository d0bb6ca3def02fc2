import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_LINE_CHARS, parseEntry } from "../../../core/parse/parse-entry.ts";
import { rawOf } from "../../../core/parse/raw-of.ts";
import { CONTEXT } from "./context.ts";

const parsed = (entry: Parameters<typeof parseEntry>[0], settings = {}) => {
  const result = parseEntry(entry, { ...CONTEXT, ...settings });
  if (!result.ok) throw new Error(result.detail);
  return result.value;
};

const COMBINED = '10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 7 "-" "curl/8"';

describe("parseEntry", () => {
  it.each([
    ["a combined line", COMBINED, "combined"],
    ["a JSON line", '{"message":"ready","level":"info"}', "json"],
    ["prose", "the server is ready", "text"],
    ["a JSON list", "[1,2]", "text"],
    ["a JSON value", '"ready"', "text"],
    ["a broken JSON line", '{"message":', "text"],
  ])("takes %s", (_name, line, parser) => expect(parsed(line).parser).toBe(parser));

  it("takes fields", () => {
    expect(parsed({ fields: { message: "ready", level: "warn" }, timeMs: 5 })).toMatchObject({
      tsMs: 5,
      message: "ready",
      level: "warn",
    });
  });

  it("gives a line without time the time it was received", () => {
    expect(parsed("ready")).toMatchObject({ tsMs: CONTEXT.nowMs, flags: ["no_time"] });
  });

  it("refuses a broken object whose sender declared JSON", () => {
    const result = parseEntry('{"message":', { ...CONTEXT, declaredJson: true });
    expect(result).toMatchObject({ ok: false, reason: "invalid_json", detail: expect.stringMatching(/JSON/) });
  });

  it("takes a text whose sender declared JSON", () => {
    expect(parsed("ready", { declaredJson: true }).parser).toBe("text");
  });

  it("tries only the parser that the service has pinned", () => {
    expect(parsed(COMBINED, { parser: "text" })).toMatchObject({ parser: "text", message: COMBINED });
    expect(parsed("ready", { parser: "access" }).parser).toBe("text");
    expect(parsed(COMBINED, { parser: "combined" }).parser).toBe("combined");
  });
});

describe("a line too long", () => {
  it("is taken whole up to the limit", () => {
    expect(parsed("x".repeat(MAX_LINE_CHARS)).flags).toEqual(["no_time"]);
  });

  it("is cut past it", () => {
    const record = parsed("x".repeat(MAX_LINE_CHARS + 1));
    expect(record.flags).toEqual(["no_time", "cut"]);
    expect(rawOf(record)).toHaveLength(MAX_LINE_CHARS);
  });

  it("is not cut inside a character", () => {
    expect(rawOf(parsed(`${"x".repeat(MAX_LINE_CHARS - 1)}🙂`))).toBe("x".repeat(MAX_LINE_CHARS - 1));
  });

  it.each([true, false])("is none where it tells of a record that was exported, declared JSON: %s", (declaredJson) => {
    const record = { weir: 1, time: "2026-11-22T10:00:00.000Z", parser: "json", message: "x".repeat(60_000) };
    const line = JSON.stringify({ ...record, raw: `{"message":"${record.message}"}` });
    expect(parsed(line, { declaredJson })).toMatchObject({ message: record.message, flags: undefined });
  });

  it("keeps its fields where it is JSON", () => {
    const record = parsed(JSON.stringify({ message: "big", level: "error", blob: "x".repeat(MAX_LINE_CHARS) }));
    expect(record).toMatchObject({ message: "big", level: "error", parser: "json" });
    expect(record.flags).toContain("cut");
    expect(rawOf(record)).toHaveLength(MAX_LINE_CHARS);
  });
});

describe("colours", () => {
  it("are taken from the message and left in the line as received", () => {
    const line = "\x1b[31m2024-01-02 03:04:05 ERROR\x1b[0m no \x1b]8;;http://x\x07link\x1b]8;;\x07";
    const record = parsed(line);
    expect(record).toMatchObject({
      message: "2024-01-02 03:04:05 ERROR no link",
      level: "error",
      tsMs: Date.UTC(2024, 0, 2, 3, 4, 5),
    });
    expect(rawOf(record)).toBe(line);
  });
});

describe("several lines as one", () => {
  it("are read by their first and kept together", () => {
    const lines = "2024-01-02 03:04:05 ERROR broken\njava.lang.Error: x\n\tat a.B.c(B.java:1)";
    const record = parsed(lines);
    expect(record).toMatchObject({ message: lines, level: "error", flags: ["joined"] });
    expect(rawOf(record)).toBe(lines);
  });

  it("are one JSON text where they are", () => {
    expect(parsed('{\n  "message": "ready"\n}')).toMatchObject({ parser: "json", message: "ready" });
  });
});

describe("any text", () => {
  const strange = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom("\0", "\ufffd", "\x1b", "[", "\n", '"', "\\", " ", "{", "1", "=", "<", ">", ":"),
      maxLength: 300,
    }),
  );

  it("becomes a record, and can be had back as it was", () => {
    fc.assert(
      fc.property(strange, (text) => {
        const record = parsed(text);
        expect(Number.isSafeInteger(record.tsMs)).toBe(true);
        expect(rawOf(record)).toBe(text);
      }),
      { numRuns: 3_000 },
    );
  });
});
