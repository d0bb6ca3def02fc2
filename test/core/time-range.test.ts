import { describe, expect, it } from "vitest";
import { momentOf, stepFor } from "../../core/time-range.ts";

const NOW = Date.UTC(2026, 10, 22, 10);

describe("momentOf reads", () => {
  it.each([
    ["0", 0],
    ["1795341600000", 1_795_341_600_000],
    ["-86400000", -86_400_000],
    ["now", NOW],
    ["-15m", NOW - 900_000],
    ["now-1h", NOW - 3_600_000],
    ["+1d", NOW + 86_400_000],
    ["2026-11-22", Date.UTC(2026, 10, 22)],
    ["2026-11-22T10:00:00Z", NOW],
    ["2026-11-22T10:00:00", NOW],
    ["2026-11-22T11:00:00+01:00", NOW],
    ["2026-11-22T11:00:00 01:00", NOW],
    ["2026-11-22T10:00:00.123456789Z", NOW + 123],
    ["2026-11-22T10:00:00.5Z", NOW + 500],
    ["2026-11-22 10:00", NOW],
    ["2026-11-22T10", NOW],
    ["2026-11", Date.UTC(2026, 10)],
    ["-250ms", NOW - 250],
    ["-99999999d", Date.parse("0000-01-01T00:00:00Z")],
    ["-9999999999999999", Date.parse("0000-01-01T00:00:00Z")],
    ["9999999999999999", Date.parse("9999-12-31T23:59:59.999Z")],
  ])("%s", (text, ms) => {
    expect(momentOf(text, NOW)).toEqual({ ok: true, value: ms });
  });
});

it.each(["", "yesterday", "-15y", "2026-13-40", "2026-02-30", "12:00", "now-", "99999999999999999"])(
  "refuses %j",
  (text) => {
    expect(momentOf(text, NOW)).toMatchObject({ ok: false, reason: "invalid_time" });
  },
);

it("takes a step that reads well and is no finer than a minute", () => {
  expect(stepFor({ fromMs: NOW - 3_600_000, toMs: NOW })).toBe(60_000);
  expect(stepFor({ fromMs: NOW - 86_400_000, toMs: NOW })).toBe(600_000);
  expect(stepFor({ fromMs: 0, toMs: NOW })).toBe(2_592_000_000);
});
