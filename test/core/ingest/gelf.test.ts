import { describe, expect, it } from "vitest";
import { gelf } from "../../../core/ingest/gelf.ts";
import { decoded, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const MESSAGE = {
  version: "1.1",
  host: "my-server",
  short_message: "Request received",
  full_message: "all of it",
  timestamp: 1555690413.839,
  level: 4,
  _app: "my-app",
  _method: "GET",
  _path: "/todos/1",
  _user_number: 7,
};

const RECORD = {
  service: "my-app",
  tsMs: 1555690413839,
  level: "warn",
  message: "Request received",
  method: "GET",
  path: "/todos/1",
  host: "my-server",
  app: "my-app",
  attrs: { full_message: "all of it", user_number: 7 },
  parser: "text",
};

describe("GELF", () => {
  it.each([
    ["one message", JSON.stringify(MESSAGE), 1],
    ["several, a line each", `${JSON.stringify(MESSAGE)}\n${JSON.stringify(MESSAGE)}`, 2],
    ["several, with zero bytes between", `${JSON.stringify(MESSAGE)}\0${JSON.stringify(MESSAGE)}\0`, 2],
    ["a list", JSON.stringify([MESSAGE, MESSAGE]), 2],
  ])("as %s", (_name, body, count) => {
    expect(recordsOf(gelf, { body })).toEqual(Array.from({ length: count }, () => RECORD));
  });

  it("goes to the service in its path", () => {
    expect(decoded(gelf, { path: "/web", body: JSON.stringify(MESSAGE) }).batches[0]?.service).toBe("web");
  });

  it("keeps both of two names that differ by an underscore", () => {
    expect(recordsOf(gelf, { body: '{"short_message":"x","_a":1,"a":2,"__proto__":{"b":1}}' })).toMatchObject([
      { attrs: { _a: 1, a: 2 } },
    ]);
  });

  it("is answered with 202", () => {
    expect(decoded(gelf, { body: JSON.stringify(MESSAGE) }).answer(NOTHING_REFUSED)).toEqual({
      status: 202,
      headers: {},
      body: null,
    });
  });

  it("is refused where it is no JSON", () => {
    expect(gelf.decode(requestOf({ body: "plain" }))).toMatchObject({ ok: false, reason: "undecodable_body" });
  });
});
