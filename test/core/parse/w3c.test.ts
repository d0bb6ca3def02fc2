import { describe, expect, it } from "vitest";
import { parseEntry } from "../../../core/parse/parse-entry.ts";
import { columnsOfDirective, w3c } from "../../../core/parse/w3c.ts";
import { CONTEXT, parsedBy } from "./context.ts";

const IIS = "2023-01-02 03:04:05 10.0.0.1 GET /a b=1 443 bob 10.0.0.9 Mozilla/5.0+(X11;+Linux) http://from/ 404 0 2 93";

describe("w3c reads", () => {
  it("IIS's default columns", () => {
    expect(parsedBy(w3c, IIS, { zone: "Europe/Zurich" })).toMatchObject({
      tsMs: Date.UTC(2023, 0, 2, 3, 4, 5),
      level: "warn",
      message: "GET /a?b=1",
      method: "GET",
      path: "/a?b=1",
      status: 404,
      durationMs: 93,
      ip: "10.0.0.9",
      user: "bob",
      referrer: "http://from/",
      userAgent: "Mozilla/5.0 (X11; Linux)",
      raw: IIS,
      parser: "w3c",
    });
  });

  it("CloudFront's default columns", () => {
    const line =
      "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.24\tGET\td1.cloudfront.net\t/index.html\t200\t-\tMozilla/5.0%20(X11)\ta=1\t-\tHit\tSOX4==\td1.cloudfront.net\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-";
    expect(parsedBy(w3c, line)).toMatchObject({
      tsMs: Date.UTC(2019, 11, 4, 21, 2, 31),
      path: "/index.html?a=1",
      status: 200,
      bytes: 392,
      ip: "192.0.2.24",
      durationMs: 1,
      userAgent: "Mozilla/5.0 (X11)",
      protocol: "HTTP/2.0",
    });
  });

  it("the columns that a line before has named", () => {
    const context = { ...CONTEXT };
    const lines = [
      "#Version: 1.0",
      "#Fields: date time c-ip cs-method cs-uri-stem sc-status",
      '2023-01-02 03:04:05 10.0.0.9 POST "/a b" 500',
    ];
    const records = lines.map((line) => parseEntry(line, context));
    expect(records.map((record) => record.ok && record.value.parser)).toEqual(["text", "text", "w3c"]);
    expect(records[2]).toMatchObject({
      value: { method: "POST", path: "/a b", status: 500, level: "error", message: "POST /a b" },
    });
  });

  it("columns named local in the service's zone", () => {
    const context = { ...CONTEXT, zone: "Asia/Tokyo", columns: ["date-local", "time-local", "c-ip"] };
    expect(parsedBy(w3c, "2023-01-02 03:04:05 10.0.0.9", context)).toMatchObject({
      tsMs: Date.UTC(2023, 0, 1, 18, 4, 5),
    });
  });
});

describe("w3c refuses", () => {
  it.each([
    ["a line with more words than columns", "a b c", { columns: ["x", "y"] }],
    ["a dated text", "2023-01-02 03:04:05 INFO GET /a done", {}],
    ["a directive", "#Fields: a b", {}],
  ])("%s", (_name, line, settings) => expect(parsedBy(w3c, line, settings)).toBeUndefined());
});

it.each([
  ["#Fields: a b  c", ["a", "b", "c"]],
  ["#Fields:", undefined],
  ["#Version: 1", undefined],
  ["text", undefined],
])("columnsOfDirective reads %s", (line, columns) => expect(columnsOfDirective(line)).toEqual(columns));
