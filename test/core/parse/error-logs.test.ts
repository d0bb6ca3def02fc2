import { describe, expect, it } from "vitest";
import { apacheError } from "../../../core/parse/apache-error.ts";
import { nginxError } from "../../../core/parse/nginx-error.ts";
import { parsedBy } from "./context.ts";

const NGINX =
  '2023/01/02 03:04:05 [error] 31#32: *1 open() "/x" failed (2: No such file), client: 10.0.0.9, server: www, request: "GET /x HTTP/1.1", upstream: "http://10.0.0.1:80/x", host: "example.com", referrer: "http://a/"';

describe("nginxError reads", () => {
  it("what nginx tells of the request", () => {
    expect(parsedBy(nginxError, NGINX)).toEqual({
      tsMs: Date.UTC(2023, 0, 2, 3, 4, 5),
      level: "error",
      message: 'open() "/x" failed (2: No such file)',
      method: "GET",
      path: "/x",
      protocol: "HTTP/1.1",
      ip: "10.0.0.9",
      referrer: "http://a/",
      host: "example.com",
      pid: "31",
      attrs: { tid: "32", connection: "1", server: "www", upstream: "http://10.0.0.1:80/x" },
      raw: NGINX,
      parser: "nginx_error",
    });
  });

  it.each([
    [
      "a line without request",
      "2023/01/02 03:04:05 [notice] 7#7: signal process started",
      { message: "signal process started", level: "info", pid: "7" },
    ],
    ["an emergency", "2023/01/02 03:04:05 [emerg] 7#7: bind() failed", { level: "fatal" }],
    [
      "a limit",
      '2023/01/02 03:04:05 [error] 7#7: *3 delaying requests, excess: 50.416, by zone "api", client: 10.0.0.9',
      {
        message: "delaying requests",
        attrs: { tid: "7", connection: "3", excess: 50.416, zone: "api" },
        ip: "10.0.0.9",
      },
    ],
    [
      "a malformed request",
      '2023/01/02 03:04:05 [info] 7#7: *3 invalid, client: 10.0.0.9, request: "\\x16"',
      { attrs: { tid: "7", connection: "3", request: "\\x16" } },
    ],
  ])("%s", (_name, line, fields) => expect(parsedBy(nginxError, line)).toMatchObject(fields));
});

it.each([
  "2023/01/02 03:04:05 ready",
  "2023/01/02 03:04:05 [error] no process",
  "2023/01/02 03:04:05.123 [x] 7#7: y",
  "2023/13/02 03:04:05 [error] 7#7: y",
])("nginxError refuses %s", (line) => expect(parsedBy(nginxError, line)).toBeUndefined());

const TIME = "[Wed Oct 11 14:32:52.123456 2000]";

describe("apacheError reads", () => {
  it("what Apache tells of process and client", () => {
    const line = `${TIME} [proxy_fcgi:error] [pid 28787:tid 140169] (70008)Partial results: [client 10.0.0.9:59307] AH01075: Error dispatching, referer: http://a/`;
    expect(parsedBy(apacheError, line)).toEqual({
      tsMs: Date.UTC(2000, 9, 11, 14, 32, 52, 123),
      subNs: 456_000,
      level: "error",
      message: "Error dispatching, referer: http://a/",
      ip: "10.0.0.9",
      referrer: "http://a/",
      pid: "28787",
      attrs: {
        module: "proxy_fcgi",
        tid: "140169",
        system_error: "(70008)Partial results",
        client_port: 59307,
        code: "AH01075",
      },
      raw: line,
      parser: "apache_error",
    });
  });

  it.each([
    [
      "the older form",
      "[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] client denied",
      { ip: "127.0.0.1", message: "client denied" },
    ],
    ["no module", `${TIME} [:error] [pid 7] x`, { attrs: { module: "core" } }],
    ["a trace level", `${TIME} [ssl:trace4] [pid 7] x`, { level: "trace" }],
    [
      "an IPv6 client with its port",
      `${TIME} [core:info] [pid 7] [client 2001:db8::1:4711] x`,
      { ip: "2001:db8::1", attrs: { module: "core", client_port: 4711 } },
    ],
    ["a notice", `${TIME} [mpm_event:notice] [pid 7:tid 8] AH00489: ready`, { level: "info", message: "ready" }],
  ])("%s", (_name, line, fields) => expect(parsedBy(apacheError, line)).toMatchObject(fields));
});

it.each([
  "[Wed Oct 11 14:32:52 2000] [error] no client",
  "[2024-01-02 03:04:05] [main] ready",
  "[x] [core:error] [pid 7] y",
  "[]",
])("apacheError refuses %s", (line) => expect(parsedBy(apacheError, line)).toBeUndefined());
