import { describe, expect, it } from "vitest";
import { any } from "../../../core/ingest/any.ts";
import { MAX_ENTRIES } from "../../../core/ingest/limits.ts";
import { decoded, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const path = "/web";
const CLF = '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326';

describe("any body is recognised by its content", () => {
  it.each<[string, string, string, number]>([
    ["lines", "one\ntwo\r\n\n  \nthree", "lines", 3],
    ["NDJSON", '{"a":1}\n{"a":2}\n', "ndjson", 2],
    ["NDJSON with a broken line first", '{"a":\n{"a":2}\n{"a":3}', "ndjson", 3],
    ["one object", '{"a":1}', "json", 1],
    ["one object over several lines", '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}\n', "json", 1],
    ["objects glued together, as curl -d does", '{"a":1}{"a":"}{"}{"a":3}', "concatenated_json", 3],
    ["objects over several lines", '{\n"a":1\n}\n{\n"a":2\n}', "concatenated_json", 2],
    ["a list", '[{"a":1},\n{"a":[2]}]', "json_array", 2],
    ["a list of lines", '["one", "two \\"2\\""]', "json_array", 2],
    ["an empty list", "[]", "json_array", 0],
    ["a bulk body", '{"index":{}}\n{"a":1}\n{"create":{"_id":"1"}}\n{"a":2}\n', "elastic_bulk", 2],
    ["access lines", `${CLF}\n${CLF}`, "access_log", 2],
    ["syslog", "<34>1 2003-10-11T22:14:15.003Z host su - ID47 - failed", "syslog", 1],
    ["syslog with lengths", "9 <34>a é\n 8 <34>bcde", "lines", 2],
    ["logfmt", 'level=info msg="a b" ms=1', "logfmt", 1],
    ["an Apache error line, which is no list", "[Sun Mar 07 16:05:49 2004] [info] x", "lines", 1],
    ["a journal export", "__CURSOR=x\nMESSAGE=hello\n\n__CURSOR=y\nMESSAGE=2\n", "journald", 2],
    [
      "an OTLP request",
      '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x"}}]}]}]}',
      "otlp_json",
      1,
    ],
    ["a Loki push", '{"streams":[{"stream":{},"values":[["1","x"]]}]}', "loki_json", 1],
    [
      "an envelope of a cloud",
      '{"owner":"1","logEvents":[{"id":"1","timestamp":1795309402679,"message":"x"}]}',
      "json_logevents",
      1,
    ],
  ])("%s", (_name, body, recognised, count) => {
    const request = decoded(any, { path, body });
    expect(request.batches.map(({ service, entries }) => [service, entries.length])).toEqual([["web", count]]);
    expect(request.recognised).toBe(recognised);
  });

  it("in UTF-16 too", () => {
    const body = Uint8Array.from([0xff, 0xfe, ...[..."a\nb"].flatMap((letter) => [letter.charCodeAt(0), 0])]);
    expect(decoded(any, { path, body }).batches[0]?.entries).toEqual(["a", "b"]);
  });

  it("as octet-counted syslog, whose lengths count bytes", () => {
    const messages = ["<34>1 - - - - - - é", "<34>1 - - - - - - b"];
    const body = messages.map((message) => `${new TextEncoder().encode(message).length} ${message}`).join("");
    expect(decoded(any, { path, body }).batches[0]?.entries).toEqual(messages);
  });

  it("as a form of Python's HTTPHandler", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = "name=b&msg=py+http%21&args=%28%29&levelname=WARNING&created=1795309991.433086&process=7";
    expect(recordsOf(any, { path, body, headers })).toEqual([
      {
        service: "web",
        tsMs: 1795309991433,
        subNs: 86_000,
        level: "warn",
        message: "py http!",
        pid: "7",
        attrs: { name: "b" },
        parser: "fields",
      },
    ]);
  });
});

describe("any body keeps what its records say", () => {
  it("of each object in an envelope", () => {
    const body = JSON.stringify({ logGroup: "g", logEvents: [{ timestamp: 1795309402679, message: "x" }] });
    expect(recordsOf(any, { path, body })).toEqual([
      { service: "web", tsMs: 1795309402679, message: "x", attrs: { logGroup: "g" }, parser: "text" },
    ]);
  });

  it("of the records in a Firehose delivery, and answers with its id", () => {
    const body = JSON.stringify({
      requestId: "r-1",
      timestamp: 1,
      records: [{ data: btoa('{"msg":"a"}{"msg":"b"}') }, { data: btoa("plain\n") }],
    });
    const request = decoded(any, { path, body });
    expect(request.recognised).toBe("firehose");
    expect(request.batches[0]?.entries).toEqual(['{"msg":"a"}', '{"msg":"b"}', "plain"]);
    expect(request.answer(NOTHING_REFUSED)).toMatchObject({ status: 200, body: '{"requestId":"r-1","timestamp":1}' });
  });
});

describe("lines in a shipper's wrapper are read", () => {
  it.each([
    [
      "Vector",
      { source_type: "file", file: "/var/log/a", host: "web-1", timestamp: "2026-11-22T01:00:00.5Z", message: CLF },
    ],
    [
      "Filebeat",
      { "@timestamp": "2026-11-22T01:00:00.5Z", host: { name: "web-1" }, agent: { type: "filebeat" }, message: CLF },
    ],
    ["Fluent Bit", { date: 1795309200.5, host: "web-1", log: `${CLF}\n` }],
    ["syslog-ng", { PRIORITY: "info", HOST: "web-1", ISODATE: "2026-11-22T01:00:00.5+00:00", MESSAGE: CLF }],
    ["rsyslog", { "@timestamp": "2026-11-22T01:00:00.5Z", host: "web-1", syslogtag: "nginx:", message: CLF }],
  ])("of %s", (_name, object) => {
    const line = JSON.stringify(object);
    for (const body of [line, `${line}\n${line}`, `[${line}]`]) {
      expect(recordsOf(any, { path, body })[0]).toMatchObject({
        status: 200,
        path: "/",
        ip: "127.0.0.1",
        host: "web-1",
        raw: line,
      });
    }
  });

  it("but not what a program says of itself", () => {
    const object = { date: 1795309200.5, host: "web-1", level: "info", log: CLF };
    expect(recordsOf(any, { path, body: JSON.stringify(object) })).toMatchObject([
      { message: CLF, level: "info", parser: "json" },
    ]);
  });

  it("and a broken one among them is refused alone", () => {
    const line = JSON.stringify({ source_type: "file", message: "x" });
    const { batches } = decoded(any, { path, body: `${line}\n{"source_type":\n${line}` });
    expect(batches[0]).toMatchObject({
      declaredJson: true,
      entries: [{ text: "x" }, '{"source_type":', { text: "x" }],
    });
  });
});

describe("any body is refused", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["that is empty", "", "empty_body"],
    ["of blanks", " \n ", "empty_body"],
    [
      "that is a picture",
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      "binary_body",
    ],
    [`of more than ${MAX_ENTRIES} lines`, "x\n".repeat(MAX_ENTRIES + 1), "too_many_lines"],
    [`of more than ${MAX_ENTRIES} objects`, "{}".repeat(MAX_ENTRIES + 1), "too_many_lines"],
  ])("%s", (_name, body, reason) => {
    expect(any.decode(requestOf({ path, body }))).toMatchObject({ ok: false, reason });
  });

  it(`but not of ${MAX_ENTRIES} lines`, () => {
    expect(decoded(any, { path, body: "x\n".repeat(MAX_ENTRIES) }).batches[0]?.entries).toHaveLength(MAX_ENTRIES);
  });

  it("with 422 where syslog-ng would repeat it for ever", () => {
    const refused = { code: "payload_too_large", message: "x" } as const;
    expect(
      any.refuse(refused, requestOf({ headers: { "user-agent": "syslog-ng 3.38.1/libcurl 7.88.1" } })).status,
    ).toBe(422);
    expect(any.refuse(refused, requestOf()).status).toBe(413);
  });
});

it("hints at curl -d, which takes newlines out", () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect(decoded(any, { path, headers, body: CLF + CLF }).hint).toContain("--data-binary");
  expect(decoded(any, { path, headers, body: CLF }).hint).toBeUndefined();
});
