import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, serviceSettings } from "../../core/settings.ts";

it("fills what a person leaves out", () => {
  expect(v.parse(serviceSettings, { redact: { emails: true }, sample: { keep: 0.1 } })).toEqual({
    ...DEFAULT_SETTINGS,
    redact: { secrets: true, cards: false, emails: true, ips: false },
    sample: { keep: 0.1, alwaysFrom: "warn" },
  });
});

describe("service settings refuse", () => {
  it.each([
    ["an unknown name", { colour: "red" }],
    ["an unknown zone", { zone: "Mars/Olympus" }],
    ["an unknown unit", { durationUnit: "days" }],
    ["a share of nothing", { sample: { keep: 0 } }],
    ["more than all", { sample: { keep: 1.5 } }],
    ["a rule without a condition", { drop: [{}] }],
    ["a rule on what a record has not", { drop: [{ colour: "red" }] }],
    ["half a day", { hotDays: 0.5 }],
    ["no shard", { shards: 0 }],
    ["a parser that is code", { parser: "a b" }],
    ["statistics that end before their records", { retentionDays: 30, summaryDays: 29 }],
    ["statistics that end where records do not", { summaryDays: 30 }],
    ["statistics of no day", { retentionDays: 1, summaryDays: 0 }],
    ["statistics of more than a century", { retentionDays: 1, summaryDays: 36_501 }],
  ])("%s", (_name, settings) => {
    expect(v.safeParse(serviceSettings, settings).success).toBe(false);
  });
});

it("lets statistics stay as long as records, or longer", () => {
  for (const summaryDays of [30, 31, 36_500])
    expect(v.safeParse(serviceSettings, { retentionDays: 30, summaryDays }).success).toBe(true);
});
