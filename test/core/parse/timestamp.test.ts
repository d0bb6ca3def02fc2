import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp, timestampOfNanos, timestampOfNumber } from "../../../core/parse/timestamp.ts";

const CONTEXT = { nowMs: Date.UTC(2024, 4, 20, 12), zone: "UTC" };

const iso = (text: string, context = CONTEXT) => {
  const read = parseTimestamp(text, context);
  return read && `${new Date(read.tsMs).toISOString().slice(0, -1)}${String(read.subNs ?? 0).padStart(6, "0")}`;
};

describe("parseTimestamp reads", () => {
  it.each([
    ["RFC 3339", "2023-01-02T03:04:05Z", "2023-01-02T03:04:05.000000000"],
    ["nanoseconds", "2023-01-02T03:04:05.123456789Z", "2023-01-02T03:04:05.123456789"],
    ["more digits than nanoseconds", "2023-01-02T03:04:05.1234567894Z", "2023-01-02T03:04:05.123456789"],
    ["an offset", "2023-01-02T03:04:05.5+05:30", "2023-01-01T21:34:05.500000000"],
    ["an offset without colon", "2022-07-10T23:50:05.533101+0000", "2022-07-10T23:50:05.533101000"],
    ["a time before 1970", "1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250000000"],
    ["ISO 8601 basic form", "20230102T030405Z", "2023-01-02T03:04:05.000000000"],
    ["ISO 8601 without any sign", "20230102030405", "2023-01-02T03:04:05.000000000"],
    ["a date alone", "2023-01-02", "2023-01-02T00:00:00.000000000"],
    ["Java's zoned time", "2023-01-02T03:04:05+01:00[Europe/Paris]", "2023-01-02T02:04:05.000000000"],
    ["Python's default", "2023-01-02 03:04:05,678", "2023-01-02T03:04:05.678000000"],
    ["Go's log package", "2009/11/10 23:00:00.123456", "2009-11-10T23:00:00.123456000"],
    ["Go's Time.String", "2006-01-02 15:04:05.999999999 -0700 MST m=+0.0001", "2006-01-02T22:04:05.999999999"],
    ["glog", "I0102 15:04:05.678901", "2024-01-02T15:04:05.678901000"],
    ["RFC 2822", "Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02T22:04:05.000000000"],
    ["RFC 850", "Monday, 02-Jan-06 15:04:05 MST", "2006-01-02T22:04:05.000000000"],
    ["RFC 822", "02 Jan 06 15:04 MST", "2006-01-02T22:04:00.000000000"],
    ["CLF", "17/May/2015:10:05:03 +0200", "2015-05-17T08:05:03.000000000"],
    ["CLF in brackets", "[17/May/2015:10:05:03 +0000]", "2015-05-17T10:05:03.000000000"],
    ["a leap second", "31/Dec/2016:23:59:60 +0000", "2017-01-01T00:00:00.000000000"],
    ["syslog", "May  9 14:32:52", "2024-05-09T14:32:52.000000000"],
    ["syslog of last year", "Oct 11 14:32:52", "2023-10-11T14:32:52.000000000"],
    ["syslog of a leap day", "Feb 29 00:00:01", "2024-02-29T00:00:01.000000000"],
    ["syslog with year", "Oct 11 2011 14:32:52", "2011-10-11T14:32:52.000000000"],
    ["Apache's error log", "Wed Oct 11 14:32:52.123456 2000", "2000-10-11T14:32:52.123456000"],
    ["Unix date", "Mon Oct 11 09:01:35 CEST 2021", "2021-10-11T07:01:35.000000000"],
    ["JavaScript's Date", "Tue Oct 11 2022 09:01:35 GMT+0200 (CEST)", "2022-10-11T07:01:35.000000000"],
    ["Java's en-US default", "Jan 02, 2023 3:04:05 PM", "2023-01-02T15:04:05.000000000"],
    ["a month-first date with half of day", "08/04/2023, 8:47:38 PM", "2023-08-04T20:47:38.000000000"],
    ["midnight in a half of day", "08/04/2023 12:00:00 AM", "2023-08-04T00:00:00.000000000"],
    ["a day-first date that cannot be month first", "31/12/2023 10:00:00", "2023-12-31T10:00:00.000000000"],
    ["a German date", "04.08.2023 20:47:38", "2023-08-04T20:47:38.000000000"],
    ["log4j's short date", "17/06/09 20:10:40", "2017-06-09T20:10:40.000000000"],
    ["Hadoop's short date", "081109 203615", "2008-11-09T20:36:15.000000000"],
    ["Tomcat", "27-Jul-2023 16:06:44.123", "2023-07-27T16:06:44.123000000"],
    ["PHP with a zone's name", "02-Jan-2023 03:04:05 Europe/Berlin", "2023-01-02T02:04:05.000000000"],
    ["epoch seconds", "1690466804", "2023-07-27T14:06:44.000000000"],
    ["epoch seconds with a fraction", "1690466804.216", "2023-07-27T14:06:44.216000000"],
    ["epoch milliseconds", "1690466804216", "2023-07-27T14:06:44.216000000"],
    ["epoch microseconds", "1690466804216123", "2023-07-27T14:06:44.216123000"],
    ["epoch nanoseconds exactly", "1690466804216123457", "2023-07-27T14:06:44.216123457"],
  ])("%s", (_name, text, expected) => expect(iso(text)).toBe(expected));
});

describe("parseTimestamp refuses", () => {
  it.each([
    ["nothing", ""],
    ["prose", "yesterday"],
    ["a small number", "12"],
    ["a thirteenth month", "2023-13-01 00:00:00"],
    ["a day that the month has not", "2023-02-29T00:00:00Z"],
    ["a 25th hour", "2023-02-28T25:00:00Z"],
    ["minute 60", "2023-02-28T20:60:00Z"],
    ["a CLF time without zone and with prose", "17/May/2015:10:05:03 or so"],
    ["an impossible half of day", "08/04/2023 13:00:00 PM"],
    ["a number too large", "99999999999999999999999"],
    ["a version", "1.2.3"],
    ["an address", "10.20.30.40"],
  ])("%s", (_name, text) => expect(parseTimestamp(text, CONTEXT)).toBeUndefined());
});

describe("a time without zone is in the context's zone", () => {
  const zurich = { nowMs: CONTEXT.nowMs, zone: "Europe/Zurich" };
  it.each([
    ["in winter", "2024-01-15 12:00:00", "2024-01-15T11:00:00.000000000"],
    ["in summer", "2024-07-15 12:00:00", "2024-07-15T10:00:00.000000000"],
    ["just before the clocks go forward", "2024-03-31 01:59:59", "2024-03-31T00:59:59.000000000"],
    ["in the hour that is skipped", "2024-03-31 02:30:00", "2024-03-31T01:30:00.000000000"],
    ["just after", "2024-03-31 03:00:00", "2024-03-31T01:00:00.000000000"],
    ["in the hour that comes twice, its first", "2024-10-27 02:30:00", "2024-10-27T00:30:00.000000000"],
    ["with a zone of its own", "2024-07-15T12:00:00Z", "2024-07-15T12:00:00.000000000"],
  ])("%s", (_name, text, expected) => expect(iso(text, zurich)).toBe(expected));

  it("with a zone that is not a whole number of hours", () => {
    expect(iso("2024-07-15 12:00:00", { ...zurich, zone: "Asia/Kathmandu" })).toBe("2024-07-15T06:15:00.000000000");
  });
});

describe("the year of a time without one", () => {
  it.each([
    ["is next year's on New Year's Eve", "Jan  1 00:10:00", Date.UTC(2023, 11, 31, 23), 2024],
    ["is this year's up to a day ahead", "May 21 11:00:00", CONTEXT.nowMs, 2024],
    ["is last year's beyond a day ahead", "May 22 13:00:00", CONTEXT.nowMs, 2023],
    ["is a leap year's for 29 February", "Feb 29 12:00:00", Date.UTC(2023, 5, 1), 2020],
  ])("%s", (_name, text, nowMs, year) => {
    expect(new Date(parseTimestamp(text, { nowMs, zone: "UTC" })!.tsMs).getUTCFullYear()).toBe(year);
  });
});

describe("timestampOfNumber", () => {
  it.each([
    [1690466804, { tsMs: 1690466804000 }],
    [1690466804.216, { tsMs: 1690466804216 }],
    [1711741864.947103, { tsMs: 1711741864947, subNs: 103_000 }],
    [1690466804216, { tsMs: 1690466804216 }],
    [1690466804216.5, { tsMs: 1690466804216, subNs: 500_000 }],
    [1690466804216123, { tsMs: 1690466804216, subNs: 123_000 }],
    [-1690466804.5, { tsMs: -1690466804500 }],
    [12, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e30, undefined],
  ])("%d", (value, expected) => expect(timestampOfNumber(value)).toEqual(expected));
});

describe("every instant", () => {
  const instants = fc.bigInt({ min: -62_135_596_800_000_000_000n, max: 253_402_300_799_999_999_999n });

  it("comes back from its RFC 3339 text in any offset", () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -1439, max: 1439 }), (nanos, offset) => {
        const { tsMs, subNs = 0 } = timestampOfNanos(nanos);
        const local = new Date(tsMs + offset * 60_000);
        fc.pre(local.getUTCFullYear() >= 0 && local.getUTCFullYear() <= 9999);
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? "-" : "+"}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
        const text = `${local.toISOString().slice(0, -1)}${String(subNs).padStart(6, "0")}${zone}`;
        expect(parseTimestamp(text, CONTEXT)).toEqual(timestampOfNanos(nanos));
      }),
    );
  });

  it("comes back from a zone's wall clock, but for the hour that comes twice", () => {
    const zone = "America/New_York";
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1970) / 1000, max: Date.UTC(2037) / 1000 }), (seconds) => {
        const read = parseTimestamp(format.format(seconds * 1000), { ...CONTEXT, zone });
        expect([seconds * 1000, (seconds - 3600) * 1000]).toContain(read?.tsMs);
      }),
    );
  });
});

it("answers any text without throwing", () => {
  const texts = fc.oneof(fc.string({ maxLength: 200 }), fc.stringMatching(/^[0-9TZ:.,/ +-]{0,40}$/));
  fc.assert(
    fc.property(texts, (text) => {
      const read = parseTimestamp(text, CONTEXT);
      if (read)
        expect(Number.isInteger(read.tsMs) && (read.subNs ?? 1) > 0 && (read.subNs ?? 1) < 1_000_000).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
