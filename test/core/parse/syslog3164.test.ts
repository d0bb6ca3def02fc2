import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawOf } from "../../../core/parse/raw-of.ts";
import { syslog3164 } from "../../../core/parse/syslog3164.ts";
import { CONTEXT, INSIDE, parsedBy } from "./context.ts";

const AT = Date.UTC(2023, 9, 11, 22, 14, 15);

describe("syslog3164 reads", () => {
  it("every part, and needs no copy of the line", () => {
    expect(parsedBy(syslog3164, "<34>Oct 11 22:14:15 mymachine su[12]: 'su root' failed")).toEqual({
      tsMs: AT,
      level: "fatal",
      message: "'su root' failed",
      host: "mymachine",
      app: "su",
      pid: "12",
      attrs: { facility: "auth", severity: "crit" },
      parser: "syslog3164",
    });
  });

  it.each([
    [
      "a line without priority",
      "Oct 11 22:14:15 host sshd[7]: ready",
      { tsMs: AT, host: "host", app: "sshd", pid: "7", message: "ready" },
    ],
    ["a day with one digit", "<34>May  1 22:14:15 host app: x", { tsMs: Date.UTC(2024, 4, 1, 22, 14, 15) }],
    ["a level in the text", "Oct 11 22:14:15 host app: [WARN] x", { level: "warn" }],
    ["milliseconds", "Oct 11 22:14:15.456 host app: x", { tsMs: AT + 456 }],
    ["a year", "<34>Oct 11 2009 22:14:15 host app: x", { tsMs: Date.UTC(2009, 9, 11, 22, 14, 15) }],
    ["a colon after the time", "<34>Oct 11 22:14:15: host app: x", { host: "host", app: "app" }],
    ["an ISO time", "<34>2010-08-30T23:00:05Z host app: x", { tsMs: Date.UTC(2010, 7, 30, 23, 0, 5), host: "host" }],
    [
      "rsyslog's file format",
      "2023-08-17T16:55:55.709713+02:00 mono sudo: x",
      { host: "mono", app: "sudo", subNs: 713_000 },
    ],
    [
      "Cisco's counter and mark",
      "<189>643: *Oct 11 22:14:15.295: %LINK-5-UP: x",
      { app: "%LINK-5-UP", message: "x", tsMs: AT + 295 },
    ],
    ["a line without host", "<34>Oct 11 22:14:15 haproxy[7]: ready", { app: "haproxy", pid: "7", host: undefined }],
    [
      "a line without tag",
      "<34>Oct 11 22:14:15 host last message repeated 2 times",
      { app: undefined, message: "last message repeated 2 times" },
    ],
    ["a tag with signs", "<34>Oct 11 22:14:15 host sshd(pam_unix)[7]: x", { app: "sshd(pam_unix)", pid: "7" }],
    ["a tag glued to its message", "<34>Oct 11 22:14:15 host app[7]:x", { app: "app", message: "x" }],
    ["an IPv6 host that looks like a year", "Oct 11 22:14:15 2001:db8::1 app: x", { host: "2001:db8::1", tsMs: AT }],
    [
      "a priority alone",
      "<13>something happened",
      { level: "info", message: "something happened", flags: ["no_time"] },
    ],
    ["an empty message", "<14>Oct 11 22:14:15", { message: undefined, host: undefined, tsMs: AT }],
    ["CEF", "<14>Oct 11 22:14:15 fw CEF:0|v|p|1|s|name|9|src=10.0.0.1", { host: "fw", ip: "10.0.0.1", level: "fatal" }],
  ])("%s", (_name, line, fields) => expect(syslog3164.parse(line, CONTEXT, INSIDE)).toMatchObject(fields));
});

describe("syslog3164 refuses", () => {
  it.each([
    ["prose", "May I ask what the server does"],
    ["an empty priority", "<>Oct 11 22:14:15 host app: x"],
    ["a priority past 191", "<192>Oct 11 22:14:15 host app: x"],
    ["a broken RFC 5424 line", "<34>1 - - -"],
    ["an application's line", "2023-08-17T16:55:55Z INFO main: ready"],
    ["an application's line with an offset", "2023-08-17T16:55:55+02:00 ERROR module: failed"],
    ["an application's line with a thread", "2023-08-17T16:55:55Z main worker[abc]: ready"],
  ])("%s", (_name, line) => expect(parsedBy(syslog3164, line)).toBeUndefined());
});

it("can be had back as it was", () => {
  const word = fc.stringMatching(/^[a-z.\-_0-9]{1,12}$/);
  const line = fc
    .record({
      priority: fc.constantFrom("", "<34>", "<0>", "<191>", "<07>"),
      time: fc.constantFrom(
        "Oct 11 22:14:15",
        "May  1 00:00:00",
        "May 1 00:00:00",
        "Oct 11 2020 22:14:15",
        "2020-01-02T03:04:05+00:00",
      ),
      host: word,
      tag: fc.constantFrom("app:", "app[7]:", "app[]:", "app[7]", ""),
      gap: fc.constantFrom("", " ", "  "),
      message: fc.string({ maxLength: 30 }),
    })
    .map(({ priority, time, host, tag, gap, message }) => `${priority}${time} ${host} ${tag}${gap}${message}`);
  let written = 0;
  fc.assert(
    fc.property(line, (text) => {
      const record = syslog3164.parse(text, CONTEXT, INSIDE);
      if (!record) return;
      expect(rawOf(record)).toBe(text);
      if (record.raw === undefined) written++;
    }),
    { numRuns: 2_000 },
  );
  expect(written).toBeGreaterThan(20);
});
