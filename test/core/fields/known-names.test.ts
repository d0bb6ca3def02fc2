import { describe, expect, it } from "vitest";
import { recordOfFields } from "../../../core/fields/record-of-fields.ts";
import type { ParseContext } from "../../../core/parse/parser.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 3, 0, 0);
const CONTEXT: ParseContext = { nowMs: NOW_MS, zone: "UTC", durationUnit: "ms" };

const recordOf = (fields: Record<string, unknown>, context = CONTEXT) => {
  const record = recordOfFields({ fields }, context);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
};

/** What a record has beside its time and the name of the reader. */
const fieldsOf = (fields: Record<string, unknown>, context = CONTEXT) => {
  const { tsMs, subNs, parser, flags, ...rest } = recordOf(fields, context);
  return rest;
};

describe("recordOfFields knows what shippers call", () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "the fields of pino",
      { level: 30, time: 1795309402679, pid: 12541, hostname: "vm", name: "shop", user: "ann", msg: "hello" },
      { level: "info", pid: "12541", host: "vm", app: "shop", user: "ann", message: "hello" },
    ],
    [
      "the fields of pino-http",
      {
        level: 30,
        msg: "request completed",
        req: {
          id: 1,
          method: "GET",
          url: "/a?b=1",
          headers: { "user-agent": "curl/8", referer: "https://r.example/", host: "x" },
          remoteAddress: "::1",
        },
        res: { statusCode: 200, headers: {} },
        responseTime: 12.5,
      },
      {
        level: "info",
        message: "request completed",
        method: "GET",
        path: "/a?b=1",
        userAgent: "curl/8",
        referrer: "https://r.example/",
        ip: "::1",
        status: 200,
        durationMs: 12.5,
        attrs: { req: { id: 1, headers: { host: "x" } }, res: { headers: {} } },
      },
    ],
    [
      "nested names of the Elastic Common Schema",
      {
        "@timestamp": "2026-11-22T01:00:00Z",
        log: { level: "error", logger: "db" },
        http: {
          request: { method: "POST", id: "r1" },
          response: { status_code: 502, body: { bytes: 17 } },
          version: "1.1",
        },
        url: { path: "/cart", query: "id=7" },
        user_agent: { original: "Mozilla/5.0" },
        client: { ip: "203.0.113.9" },
        service: { name: "shop" },
        host: { name: "web-1" },
        trace: { id: "abc" },
        span: { id: "def" },
        event: { duration: 12_500_000, action: "checkout" },
        user: { id: "42", name: "ann" },
      },
      {
        level: "error",
        method: "POST",
        status: 502,
        bytes: 17,
        protocol: "HTTP/1.1",
        path: "/cart?id=7",
        userAgent: "Mozilla/5.0",
        ip: "203.0.113.9",
        app: "shop",
        host: "web-1",
        traceId: "abc",
        spanId: "def",
        durationMs: 12.5,
        event: "checkout",
        userId: "42",
        user: "ann",
        attrs: { log: { logger: "db" }, http: { request: { id: "r1" } } },
      },
    ],
    [
      "the same names flat, with dots",
      {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "url.path": "/",
        "log.level": "warn",
        "service.name": "web",
        "client.address": "192.0.2.1",
      },
      { method: "GET", status: 200, path: "/", level: "warn", app: "web", ip: "192.0.2.1" },
    ],
    [
      "journald's fields",
      {
        __REALTIME_TIMESTAMP: "1763770000000000",
        _HOSTNAME: "web1",
        PRIORITY: "3",
        SYSLOG_IDENTIFIER: "nginx",
        _PID: "42",
        MESSAGE: "hello",
      },
      { host: "web1", level: "error", app: "nginx", pid: "42", message: "hello" },
    ],
    [
      "syslog-ng's fields, where each thing stands twice",
      {
        message: "one",
        PRIORITY: "notice",
        MESSAGE: "one",
        ISODATE: "2026-11-22T00:56:38+00:00",
        HOST: "vm",
        FACILITY: "user",
        "@timestamp": "2026-11-22T00:56:38+00:00",
      },
      { message: "one", level: "info", host: "vm", attrs: { FACILITY: "user" } },
    ],
    [
      "Serilog's compact names",
      { "@t": "2026-11-22T01:00:00.1234567Z", "@mt": "Hello {User}", "@l": "Warning", "@x": "stack", User: "ann" },
      { message: "Hello {User}", level: "warn", user: "ann", attrs: { "@x": "stack" } },
    ],
    [
      "Go's slog, logrus and zap",
      { time: "2026-11-22T01:00:00Z", level: "INFO", msg: "ok", logger: "main", caller: "a.go:1" },
      { level: "info", message: "ok", attrs: { logger: "main", caller: "a.go:1" } },
    ],
    [
      "structlog and Python's levelname",
      { timestamp: "2026-11-22T01:00:00Z", levelname: "WARNING", event: "user_signed_in", levelno: 30 },
      { level: "warn", event: "user_signed_in", attrs: { levelno: 30 } },
    ],
    [
      "Caddy's request, with its seconds",
      {
        level: "info",
        ts: 1711741864.947103,
        msg: "handled request",
        request: {
          remote_ip: "127.0.0.1",
          proto: "HTTP/1.1",
          method: "GET",
          host: "localhost:9080",
          uri: "/",
          headers: { "User-Agent": ["curl/7.88.1"] },
        },
        duration: 0.794682124,
        size: 18630,
        status: 200,
        resp_headers: { Server: ["Caddy"] },
      },
      {
        level: "info",
        message: "handled request",
        ip: "127.0.0.1",
        protocol: "HTTP/1.1",
        method: "GET",
        host: "localhost:9080",
        path: "/",
        userAgent: "curl/7.88.1",
        durationMs: 794.682124,
        bytes: 18630,
        status: 200,
        attrs: { resp_headers: { Server: ["Caddy"] } },
      },
    ],
    [
      "Traefik's names, with its nanoseconds",
      {
        ClientHost: "192.0.2.7",
        DownstreamStatus: 200,
        Duration: 564849,
        RequestMethod: "GET",
        RequestPath: "/x",
        RequestProtocol: "HTTP/1.1",
        DownstreamContentSize: 358,
        "request_User-Agent": "Nikto",
        ClientUsername: "-",
      },
      {
        ip: "192.0.2.7",
        status: 200,
        durationMs: 0.564849,
        method: "GET",
        path: "/x",
        protocol: "HTTP/1.1",
        bytes: 358,
        userAgent: "Nikto",
      },
    ],
    [
      "Cloudflare's http_requests",
      {
        ClientIP: "198.51.100.4",
        ClientRequestMethod: "HEAD",
        ClientRequestURI: "/a?b",
        EdgeResponseBytes: 570,
        EdgeResponseStatus: 301,
        EdgeStartTimestamp: 1667088002000000000,
        ClientCountry: "ch",
        ClientRequestHost: "www.example.org",
        ClientRequestUserAgent: "",
      },
      {
        ip: "198.51.100.4",
        method: "HEAD",
        path: "/a?b",
        bytes: 570,
        status: 301,
        country: "CH",
        host: "www.example.org",
      },
    ],
    [
      "Google Cloud's httpRequest and jsonPayload",
      {
        severity: "ERROR",
        jsonPayload: { message: "boom", order: 7 },
        httpRequest: {
          requestMethod: "GET",
          requestUrl: "https://shop.example/a?b=1",
          status: 500,
          latency: "0.123s",
          remoteIp: "192.0.2.1",
          responseSize: "99",
        },
        "logging.googleapis.com/trace": "projects/p/traces/abc",
      },
      {
        level: "error",
        message: "boom",
        method: "GET",
        path: "/a?b=1",
        status: 500,
        durationMs: 123,
        ip: "192.0.2.1",
        bytes: 99,
        traceId: "abc",
        attrs: { jsonPayload: { order: 7 } },
      },
    ],
    [
      "nginx's variables in JSON",
      {
        remote_addr: "192.0.2.1",
        remote_user: "-",
        request: "GET /x?y HTTP/2.0",
        status: "404",
        body_bytes_sent: "153",
        request_time: "0.005",
        http_referer: "-",
        http_user_agent: "curl/8",
      },
      {
        ip: "192.0.2.1",
        method: "GET",
        path: "/x?y",
        protocol: "HTTP/2.0",
        message: "GET /x?y HTTP/2.0",
        status: 404,
        bytes: 153,
        durationMs: 5,
        userAgent: "curl/8",
      },
    ],
    [
      "an error as the only text",
      { level: "error", err: { message: "boom", stack: "s" } },
      { level: "error", message: "boom", attrs: { err: { message: "boom", stack: "s" } } },
    ],
  ])("%s", (_name, fields, expected) => {
    expect(fieldsOf(fields)).toEqual(expected);
  });
});
