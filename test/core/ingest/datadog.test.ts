import { describe, expect, it } from "vitest";
import { datadog } from "../../../core/ingest/datadog.ts";
import { decoded, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const path = "/api/v2/logs";

describe("Datadog logs", () => {
  it("of the agent", () => {
    const body = JSON.stringify([
      {
        message: "hello",
        status: "warn",
        timestamp: 1795309402679,
        hostname: "h",
        service: "shop",
        ddsource: "nodejs",
        ddtags: "env:prod,team:a,canary",
      },
    ]);
    expect(recordsOf(datadog, { path, body })).toEqual([
      {
        service: "shop",
        tsMs: 1795309402679,
        level: "warn",
        message: "hello",
        host: "h",
        app: "shop",
        attrs: { ddsource: "nodejs", ddtags: { env: "prod", team: "a", canary: true } },
        parser: "text",
      },
    ]);
  });

  it("of winston's Http transport, with the rest in the address", () => {
    const body = '[{"a":1,"level":"info","message":"hello"},{"level":"error","message":"bad"}]';
    const query = { ddsource: "nodejs", service: "shop", "dd-api-key": "k" };
    expect(recordsOf(datadog, { path, query, body })).toMatchObject([
      { service: "shop", level: "info", message: "hello", attrs: { a: 1, ddsource: "nodejs" } },
      { service: "shop", level: "error", message: "bad" },
    ]);
  });

  it("whose message is JSON, with a status of its own", () => {
    const message = JSON.stringify({ msg: "done", status: 200, path: "/a" });
    expect(recordsOf(datadog, { path, body: JSON.stringify({ message, status: "info", service: "s" }) })).toMatchObject(
      [{ level: "info", message: "done", status: 200, path: "/a" }],
    );
  });

  it("as plain lines", () => {
    expect(recordsOf(datadog, { path: "/v1/input/KEY", body: "ERROR one\ntwo" })).toMatchObject([
      { service: "datadog", level: "error", message: "ERROR one" },
      { service: "datadog", message: "two" },
    ]);
  });

  it.each([
    [path, 202],
    ["/v1/input/KEY", 200],
  ])("to %s are answered with %i", (to, status) => {
    expect(decoded(datadog, { path: to, body: "{}" }).answer(NOTHING_REFUSED)).toMatchObject({ status, body: "{}" });
  });
});

it("lets agents look at their key", () => {
  expect(datadog.handshake?.(requestOf({ method: "GET", path: "/api/v1/validate" }))?.status).toBe(200);
});
