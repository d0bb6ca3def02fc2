import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bsdTimeAt, bsdTimeOf } from "../../../../core/parse/time/bsd-time.ts";
import { clfTimeAt, clfTimeOf } from "../../../../core/parse/time/clf-time.ts";
import { ctimeOf } from "../../../../core/parse/time/ctime.ts";
import { readIsoTime } from "../../../../core/parse/time/iso-time.ts";
import { readTime } from "../../../../core/parse/time/read-time.ts";

const CONTEXT = { nowMs: Date.UTC(2024, 4, 20, 12), zone: "UTC" };
const seconds = fc.integer({ min: Date.UTC(1, 0) / 1_000, max: Date.UTC(9998, 0) / 1_000 });

/** In the forms that the general reader has no short way for. */
const slowly = (text: string, nowMs = CONTEXT.nowMs) => readTime(text, 0, { ...CONTEXT, nowMs });

describe("the reader of one form agrees with the general one", () => {
  it("on common log format", () => {
    fc.assert(
      fc.property(seconds, fc.constantFrom("+0000", "+0530", "-1130"), (second, zone) => {
        const text = `${clfTimeOf(second * 1_000).slice(0, 20)} ${zone}`;
        expect(clfTimeAt(`[${text}]`, 1)).toBe(slowly(text)?.tsMs);
      }),
    );
  });

  it("on RFC 3164, unless the year depends on the hour", () => {
    let read = 0;
    const ofTwoYears = fc.integer({ min: Date.UTC(2022, 0) / 1_000, max: Date.UTC(2025, 0) / 1_000 });
    fc.assert(
      fc.property(ofTwoYears, ofTwoYears, (second, now) => {
        const text = bsdTimeOf(second * 1_000);
        const ms = bsdTimeAt(text, 0, { nowMs: now * 1_000, zone: "UTC" });
        if (Number.isNaN(ms)) return;
        read++;
        expect(ms).toBe(slowly(text, now * 1_000)?.tsMs);
      }),
    );
    expect(read).toBeGreaterThan(50);
  });

  it("on Apache's error log", () => {
    fc.assert(
      fc.property(seconds, fc.option(fc.integer({ min: 0, max: 999_999 })), (second, micros) => {
        const date = new Date(second * 1_000);
        const fraction = micros === null ? "" : `.${String(micros).padStart(6, "0")}`;
        const text = `${date.toUTCString().slice(0, 3)} ${bsdTimeOf(second * 1_000)}${fraction} ${date.toISOString().slice(0, 4)}`;
        const general = date.getUTCFullYear() >= 1970 && date.getUTCFullYear() < 2100 ? slowly(text) : undefined;
        const read = ctimeOf(text, CONTEXT);
        expect(read?.tsMs).toBe(second * 1_000 + Math.floor((micros ?? 0) / 1_000));
        if (general) expect(read).toEqual({ tsMs: general.tsMs, subNs: general.subNs });
      }),
    );
  });
});

it("is not misled by half a time before", () => {
  const context = { ...CONTEXT, nowMs: Date.UTC(2023, 10, 1) };
  bsdTimeAt("Oct 11 22:1", 0, context);
  expect(bsdTimeAt("Oct 11 22:14:15", 0, context)).toBe(Date.UTC(2023, 9, 11, 22, 14, 15));
  clfTimeAt("", 0);
  expect(clfTimeAt("17/May/2015:10:05:03 +0000", 0)).toBe(Date.UTC(2015, 4, 17, 10, 5, 3));
  readIsoTime("2006-01-02", 0);
  expect(readIsoTime("2006-01-02T15:04:05Z", 0)).toBe(true);
});

describe("no time is read by", () => {
  it.each([
    ["clfTimeAt in a wrong month", () => clfTimeAt("17/Foo/2015:10:05:03 +0000", 0)],
    ["clfTimeAt in lower case", () => clfTimeAt("17/may/2015:10:05:03 +0000", 0)],
    ["clfTimeAt in a leap second", () => clfTimeAt("17/May/2015:10:05:60 +0000", 0)],
    ["clfTimeAt without zone", () => clfTimeAt("17/May/2015:10:05:03", 0)],
    ["clfTimeAt on 31 April", () => clfTimeAt("31/Apr/2015:10:05:03 +0000", 0)],
    ["bsdTimeAt on 30 February", () => bsdTimeAt("Feb 30 10:05:03", 0, CONTEXT)],
    ["bsdTimeAt with a zero for a space", () => bsdTimeAt("Feb 03 10:05:03", 0, CONTEXT)],
    ["bsdTimeAt at hour 24", () => bsdTimeAt("Feb  3 24:05:03", 0, CONTEXT)],
    ["bsdTimeAt in another text", () => bsdTimeAt("prose and more", 0, CONTEXT)],
  ])("%s", (_name, read) => expect(read()).toBeNaN());
});
