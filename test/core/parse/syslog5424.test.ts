import { describe, expect, it } from "vitest";
import { syslog5424 } from "../../../core/parse/syslog5424.ts";
import { parsedBy } from "./context.ts";

const HEAD = "<34>1 2003-10-11T22:14:15.003Z host.example app 812 ID47";

describe("syslog5424 reads", () => {
  it("every part", () => {
    const line = `${HEAD} [exampleSDID@32473 iut="3" eventSource="Application"][other] 'su root' failed`;
    expect(parsedBy(syslog5424, line)).toEqual({
      tsMs: Date.UTC(2003, 9, 11, 22, 14, 15, 3),
      level: "fatal",
      message: "'su root' failed",
      host: "host.example",
      app: "app",
      pid: "812",
      attrs: {
        facility: "auth",
        severity: "crit",
        msgid: "ID47",
        "exampleSDID@32473": { iut: "3", eventSource: "Application" },
        other: {},
      },
      parser: "syslog5424",
      raw: line,
    });
  });

  it.each([
    [
      "absent parts",
      "<165>1 - - - - - -",
      { level: "info", flags: ["no_time"], attrs: { facility: "local4", severity: "notice" } },
    ],
    [
      "microseconds and an offset",
      "<34>1 2003-08-24T05:14:15.000003-07:00 - - - - - x",
      { tsMs: Date.UTC(2003, 7, 24, 12, 14, 15), subNs: 3_000 },
    ],
    [
      "escapes in structured data",
      String.raw`${HEAD} [id a="x \" \] \\ \n"] m`,
      { attrs: { id: { a: String.raw`x " ] \ \n` } } },
    ],
    ["a bracket that begins the message", `${HEAD} - [down]`, { message: "[down]" }],
    ["a byte order mark as none of the message", `${HEAD} - \ufeffx`, { message: "x" }],
    ["a message's own spaces", `${HEAD} -  x `, { message: " x " }],
    ["a space after a parameter's =", `${HEAD} [id a= "x"] m`, { attrs: { id: { a: "x" } } }],
    [
      "JSON in the message",
      `${HEAD} - {"msg":"ready","level":"warn","n":1}`,
      { message: "ready", level: "warn", attrs: { n: 1, msgid: "ID47" } },
    ],
    ["JSON after CEE's cookie", `${HEAD} - @cee: {"msg":"ready"}`, { message: "ready" }],
    [
      "a web server's access line",
      '<190>1 2003-10-11T22:14:15Z web nginx - - - 10.0.0.9 - - [11/Oct/2003:22:14:14 +0000] "GET /a HTTP/1.1" 404 7',
      { path: "/a", status: 404, level: "warn", host: "web", ip: "10.0.0.9", tsMs: Date.UTC(2003, 9, 11, 22, 14, 15) },
    ],
  ])("%s", (_name, line, fields) => {
    const record = parsedBy(syslog5424, line);
    expect(record).toMatchObject(fields);
  });
});

describe("syslog5424 refuses", () => {
  it.each([
    ["a priority past 191", "<192>1 - - - - - -"],
    ["an empty priority", "<>1 - - - - - -"],
    ["version 0", "<34>0 - - - - - -"],
    ["a time without zone", "<34>1 2003-10-11T22:14:15 - - - - -"],
    ["an impossible day", "<34>1 2003-09-31T22:14:15Z - - - - -"],
    ["a host too long", `<34>1 - ${"h".repeat(256)} - - - -`],
    ["an app too long", `<34>1 - - ${"a".repeat(49)} - - -`],
    ["a host with umlauts", "<34>1 - höst - - - -"],
    ["a missing part", "<34>1 - - - - -"],
    ["an empty part", "<34>1 -  - - - -"],
    ["an empty element", `${HEAD} []`],
    ["a bracket in a value", `${HEAD} [id a="]"] m`],
    ["an open value", `${HEAD} [id a="x`],
    ["a word for structured data", `${HEAD} X`],
    ["RFC 3164", "<34>Oct 11 22:14:15 host app: x"],
  ])("%s", (_name, line) => expect(parsedBy(syslog5424, line)).toBeUndefined());
});
