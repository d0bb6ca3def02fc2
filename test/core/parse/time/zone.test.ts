import { describe, expect, it } from "vitest";
import { isTimeZone, offsetMsOfAbbreviation, utcMsOfLocal } from "../../../../core/parse/time/zone.ts";

const HOUR_MS = 3_600_000;

it.each([
  ["UTC", true],
  ["Europe/Zurich", true],
  ["America/Argentina/Buenos_Aires", true],
  ["+02:00", true],
  ["Europe/Atlantis", false],
  ["", false],
  ["../etc", false],
])("isTimeZone knows about %j", (name, known) => expect(isTimeZone(name)).toBe(known));

it.each([
  ["CEST", 2 * HOUR_MS],
  ["PST", -8 * HOUR_MS],
  ["IST", undefined],
  ["constructor", undefined],
])("offsetMsOfAbbreviation gives %s", (name, ms) => expect(offsetMsOfAbbreviation(name)).toBe(ms));

describe("utcMsOfLocal", () => {
  it.each([
    ["a zone west of Greenwich", "America/New_York", Date.UTC(2024, 0, 15, 12), Date.UTC(2024, 0, 15, 17)],
    ["a zone of half hours", "Asia/Kolkata", Date.UTC(2024, 0, 15, 12), Date.UTC(2024, 0, 15, 6, 30)],
    ["half an hour of summer time", "Australia/Lord_Howe", Date.UTC(2024, 6, 15, 12), Date.UTC(2024, 6, 15, 1, 30)],
    ["a date before all zones", "Europe/Zurich", Date.UTC(1800, 0, 1), Date.UTC(1800, 0, 1) - 2_048_000],
    ["an unknown zone as UTC", "Europe/Atlantis", Date.UTC(2024, 0, 15), Date.UTC(2024, 0, 15)],
    ["a time past what dates hold", "Europe/Zurich", 9e15, 9e15],
  ])("%s", (_name, zone, local, utc) => expect(utcMsOfLocal(local, zone)).toBe(utc));
});
