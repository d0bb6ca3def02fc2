import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordJson } from "../../../core/record-json.ts";
import { lineOfRecord } from "../../../tools/tail/line-of-record.ts";
import { plainText } from "../../../tools/tail/plain-text.ts";

const record = (fields: Partial<RecordJson>): RecordJson => ({
  ...{ service: "web", shard: 0, seq: 1, time: "2026-11-22T10:00:00.123Z", parser: "text", source: "memory" },
  ...fields,
});

describe("lineOfRecord", () => {
  it("shows a request", () => {
    const fields = {
      level: "error",
      method: "GET",
      path: "/pay",
      status: 503,
      durationMs: 12.5,
      ip: "198.51.100.4",
    } as const;
    expect(lineOfRecord(record(fields), false)).toBe("10:00:00.123 error 503 GET /pay 12.5 ms 198.51.100.4");
    expect(lineOfRecord(record(fields), true)).toContain("\x1b[31m503\x1b[0m");
  });

  it("shows a message and what its sender added", () => {
    expect(lineOfRecord(record({ message: "signed in", attrs: { user: 7 } }), false)).toBe(
      '10:00:00.123 -     signed in {"user":7}',
    );
  });

  it("lets no record write to the terminal by itself", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("a", "\x1b", "\u009b", "\r", "\n", "\b", "\u202e", "[", "2", "J", "\x00"),
    });
    fc.assert(
      fc.property(hostile, hostile, (message, path) => {
        for (const fields of [{ message, attrs: { message } }, { method: message, path, ip: path }, { raw: path }])
          expect(lineOfRecord(record(fields), false)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      }),
    );
  });
});

describe("plainText", () => {
  it.each([
    ["\x1b[2J", "\\x1b[2J"],
    ["a\tb\nc", "a b↵c"],
    ["\u202eabc", "\\u202eabc"],
    ["größe 🙂", "größe 🙂"],
  ])("%j", (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });
});
