import { describe, expect, it } from "vitest";
import { splunk } from "../../../core/ingest/splunk.ts";
import { decoded, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const path = "/services/collector/event";

describe("Splunk events", () => {
  it("glued together, the first with the metadata of all", () => {
    const body =
      '{"host":"h1","source":"app","sourcetype":"_json","index":"main","time":"1795309974.704","event":{"message":{"temp":"70F","n":1},"severity":"warn"}}{"time":"1795309974.704001","event":{"message":"plain","severity":"info"}}';
    expect(recordsOf(splunk, { path: `${path}/1.0`, body })).toEqual([
      {
        service: "app",
        tsMs: 1795309974704,
        level: "warn",
        host: "h1",
        attrs: { source: "app", sourcetype: "_json", index: "main", temp: "70F", n: 1 },
        parser: "fields",
      },
      { service: "app", tsMs: 1795309974704, subNs: 1_000, level: "info", message: "plain", parser: "text" },
    ]);
  });

  it("as text, with fields beside", () => {
    const body = '{"event":"user 7 failed","time":1570818239.5,"fields":{"severity":"ERROR","category":["foo","bar"]}}';
    expect(recordsOf(splunk, { path, body })).toMatchObject([
      {
        service: "splunk",
        tsMs: 1570818239500,
        level: "error",
        message: "user 7 failed",
        attrs: { category: ["foo", "bar"] },
      },
    ]);
  });

  it("as raw lines, their metadata in the address", () => {
    const query = { sourcetype: "nginx", host: "web-1" };
    expect(recordsOf(splunk, { path: "/services/collector/raw", query, body: "ERROR one\ntwo\n" })).toMatchObject([
      { service: "nginx", level: "error", message: "ERROR one", host: "web-1" },
      { service: "nginx", message: "two", host: "web-1" },
    ]);
  });

  it("are answered with success, and an id where a channel asks for one", () => {
    const body = '{"event":"x"}';
    expect(decoded(splunk, { path, body }).answer(NOTHING_REFUSED).body).toBe('{"text":"Success","code":0}');
    const headers = { "x-splunk-request-channel": "c" };
    expect(decoded(splunk, { path, body, headers }).answer(NOTHING_REFUSED).body).toBe(
      '{"text":"Success","code":0,"ackId":0}',
    );
  });

  it.each([
    ['{"fields":{}}', "undecodable_body"],
    ['{"event":null}', "undecodable_body"],
    ["plain text", "undecodable_body"],
    ["", "empty_body"],
  ])("%j are refused", (body, reason) => {
    expect(splunk.decode(requestOf({ path, body }))).toMatchObject({ ok: false, reason });
  });
});

it.each(["/services/collector/health", "/services/collector/health/1.0"])("%s is healthy", (health) => {
  expect(splunk.handshake?.(requestOf({ method: "GET", path: health }))).toMatchObject({
    status: 200,
    body: '{"text":"HEC is healthy","code":17}',
  });
});

it.each([
  ["unauthorized", 401, 4],
  ["empty_body", 400, 5],
  ["undecodable_body", 400, 6],
  ["overloaded", 503, 9],
] as const)("refuses %s with %i and HEC's code %i", (code, status, number) => {
  const reply = splunk.refuse({ code, message: "x" }, requestOf());
  expect(reply.status).toBe(status);
  expect(JSON.parse(reply.body as string)).toMatchObject({ code: number });
});
