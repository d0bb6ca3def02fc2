import { describe, expect, it } from "vitest";
import { timeIn } from "../../../tools/simulate/time-in.ts";

const AT = Date.UTC(2026, 10, 10, 13, 55, 36);
const LATER = Date.UTC(2027, 0, 2, 3, 4, 5, 678);

describe("timeIn finds", () => {
  it.each([
    [
      "an access time",
      '1.2.3.4 - - [10/Nov/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 1',
      AT,
      "[02/Jan/2027:03:04:05 +0000]",
    ],
    ["its zone", '1.2.3.4 - - [10/Nov/2026:19:25:36 +0530] "GET / HTTP/1.1" 200 1', AT, "[02/Jan/2027:03:04:05 +0000]"],
    ["an ISO time", "2026-11-10T13:55:36Z started", AT, "2027-01-02T03:04:05.678Z started"],
    ["a fraction", "2026-11-10T13:55:36.250Z started", AT + 250, "2027-01-02T03:04:05.678Z"],
    ["nanoseconds", "2026-11-10T13:55:36.250999999Z started", AT + 250, "2027-01-02T03:04:05.678Z"],
    ["an offset", "2026-11-10T14:55:36+01:00 started", AT, "2027-01-02T03:04:05.678Z started"],
    ["Python's manner", "2026-11-10 13:55:36,250 INFO x", AT + 250, "2027-01-02T03:04:05.678Z INFO x"],
    ["a field of JSON", '{"level":"info","time":"2026-11-10T13:55:36Z"}', AT, '"time":"2027-01-02T03:04:05.678Z"}'],
    ["epoch milliseconds", `{"time":${AT},"msg":"x"}`, AT, `{"time":${LATER},"msg":"x"}`],
    ["epoch seconds", `{"ts":${AT / 1_000},"msg":"x"}`, AT, '{"ts":1798859045.678,"msg":"x"}'],
  ])("%s, and writes another in its place", (_name, line, tsMs, rewritten) => {
    const time = timeIn(line)!;
    expect(time.tsMs).toBe(tsMs);
    expect(line.slice(0, time.start) + time.write(LATER) + line.slice(time.end)).toContain(rewritten);
  });
});

describe("timeIn finds nothing in", () => {
  it.each([
    ["prose", "user signed in"],
    ["an unknown month", '1.2.3.4 - - [10/Foo/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 1'],
    ["an impossible date", "2026-13-45T13:55:36Z started"],
    ["a number that is no time", '{"time":12}'],
  ])("%s", (_name, line) => {
    expect(timeIn(line)).toBeUndefined();
  });
});
