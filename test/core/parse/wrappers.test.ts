import { describe, expect, it } from "vitest";
import { parseEntry } from "../../../core/parse/parse-entry.ts";
import { rawOf } from "../../../core/parse/raw-of.ts";
import { CONTEXT } from "./context.ts";

const parsed = (entry: Parameters<typeof parseEntry>[0]) => {
  const result = parseEntry(entry, { ...CONTEXT });
  if (!result.ok) throw new Error(result.detail);
  return result.value;
};

const TIME = "2016-10-06T00:17:09.669794202Z";
const AT = { tsMs: Date.UTC(2016, 9, 6, 0, 17, 9, 669), subNs: 794_202 };
const ACCESS = '10.0.0.9 - - [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 404 7 "-" "curl/8"';

describe("Kubernetes' wrapper", () => {
  it.each([
    ["an access line", ACCESS, { parser: "combined", path: "/a", status: 404 }],
    ["JSON", '{"msg":"ready","level":30}', { parser: "json", message: "ready", level: "info" }],
    ["logfmt", "level=warn msg=full", { parser: "logfmt", message: "full", level: "warn" }],
    ["text", "ready", { parser: "text", message: "ready" }],
    ["colours", "\x1b[31mready\x1b[0m", { parser: "text", message: "ready" }],
    ["nothing", "", { parser: "text" }],
    [
      "Docker's wrapper",
      '{"log":"level=warn msg=full\\n","stream":"stderr","time":"2020-01-02T03:04:05Z"}',
      { parser: "logfmt", message: "full" },
    ],
  ])("is opened around %s", (_name, content, fields) => {
    const line = `${TIME} stdout F ${content}`;
    const record = parsed(line);
    expect(record).toMatchObject({ ...fields, ...AT });
    expect(record.attrs?.stream).toBe("stdout");
    expect(rawOf(record)).toBe(line);
  });

  it("marks a part that the rest is missing of", () => {
    expect(parsed(`${TIME} stderr P half a`).flags).toEqual(["cut"]);
  });

  it("joins the parts of a line", () => {
    const lines = `${TIME} stdout P {"msg":\n${TIME} stdout F "ready"}`;
    expect(parsed(lines)).toMatchObject({ message: "ready", parser: "json", flags: ["joined"] });
  });

  it("joins a trace's lines", () => {
    const lines = `${TIME} stderr F Error: x\n${TIME} stderr F     at f (a.js:1:1)`;
    expect(parsed(lines)).toMatchObject({ message: "Error: x\n    at f (a.js:1:1)", flags: ["joined"] });
  });

  it.each([`${TIME} stdout X ready`, `${TIME} stdin F ready`, "2016-10-06 stdout F ready"])(
    "is not seen in %s",
    (line) => {
      expect(parsed(line).attrs?.stream).toBeUndefined();
    },
  );
});

describe("Docker's wrapper", () => {
  it("is opened around an access line", () => {
    const line = JSON.stringify({ log: `${ACCESS}\n`, stream: "stdout", time: TIME });
    expect(parsed(line)).toMatchObject({
      parser: "combined",
      path: "/a",
      status: 404,
      raw: line,
      attrs: { stream: "stdout" },
      ...AT,
    });
  });

  it("keeps what a shipper has added", () => {
    const record = parsed({
      fields: { log: "level=warn msg=full", stream: "stdout", kubernetes: { pod_name: "web-1" } },
      timeMs: 5,
    });
    expect(record).toMatchObject({
      tsMs: 5,
      message: "full",
      level: "warn",
      parser: "logfmt",
      raw: "level=warn msg=full",
    });
    expect(record.attrs).toMatchObject({ stream: "stdout" });
  });

  it("has the content's time where it has none", () => {
    const record = parsed({ fields: { log: "2020-01-02T03:04:05Z ready", stream: "stdout" } });
    expect(record).toMatchObject({ tsMs: Date.UTC(2020, 0, 2, 3, 4, 5), flags: undefined });
  });

  it("is opened three deep and no deeper", () => {
    let line = "level=warn msg=full";
    for (let depth = 0; depth < 3; depth++) line = JSON.stringify({ log: line, stream: "stdout", time: TIME });
    expect(parsed(line)).toMatchObject({ message: "full", parser: "logfmt" });
    expect(parsed(JSON.stringify({ log: line, stream: "stdout", time: TIME }))).toMatchObject({ parser: "text" });
  });
});

describe("Docker Compose's prefix", () => {
  it.each([
    [
      "a replica's text",
      "web-1  | ready",
      { parser: "text", message: "ready", app: "web", attrs: { container: "web-1" } },
    ],
    ["an access line", `proxy | ${ACCESS}`, { parser: "combined", path: "/a", app: "proxy" }],
    ["JSON with its own app", 'web-12 | {"app":"shop","msg":"x"}', { parser: "json", app: "shop", message: "x" }],
  ])("is opened around %s", (_name, line, fields) => {
    expect(parsed(line)).toMatchObject({ ...fields, raw: line });
  });

  it.each(["id | name | price", "ERROR | it broke", "a |b", `${"x".repeat(70)} | y`])("is not seen in %s", (line) => {
    expect(parsed(line)).toMatchObject({ parser: "text", message: line, app: undefined });
  });
});
