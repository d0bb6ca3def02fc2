import { describe, expect, it } from "vitest";
import { alb } from "../../../core/parse/alb.ts";
import { parsedBy } from "./context.ts";

const line = (type: string, request: string, times = "0.086 0.048 0.037", status = "200") =>
  `${type} 2018-07-02T22:23:00.186641Z app/lb/50dc 192.168.131.39:2817 10.0.0.1:80 ${times} ${status} 200 12 57 "${request}" "curl/7.46.0" ECDHE TLSv1.2 arn:x "Root=1-58337281-1d84" "www.example.com" "arn:y" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"`;

describe("alb reads", () => {
  it("an application load balancer's line", () => {
    const text = line("https", "GET https://www.example.com:443/a?b=1 HTTP/1.1");
    expect(parsedBy(alb, text)).toMatchObject({
      tsMs: Date.UTC(2018, 6, 2, 22, 22, 48, 364),
      level: "info",
      message: "GET https://www.example.com:443/a?b=1 HTTP/1.1",
      method: "GET",
      path: "/a?b=1",
      protocol: "HTTP/1.1",
      status: 200,
      bytes: 57,
      durationMs: 171,
      ip: "192.168.131.39",
      host: "www.example.com",
      userAgent: "curl/7.46.0",
      attrs: {
        type: "https",
        elb: "app/lb/50dc",
        target: "10.0.0.1:80",
        received_bytes: 12,
        trace_id: "Root=1-58337281-1d84",
      },
      raw: text,
      parser: "alb",
    });
  });

  it("a classic load balancer's line", () => {
    const text =
      '2015-05-13T23:39:43.945958Z my-lb 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -';
    expect(parsedBy(alb, text)).toMatchObject({
      tsMs: Date.UTC(2015, 4, 13, 23, 39, 43, 945),
      subNs: 958_000,
      path: "/",
      durationMs: 1.178,
    });
  });

  it.each([
    [
      "a request that never reached a target",
      line("http", "GET http://a:80/ HTTP/1.1", "-1 -1 -1", "502"),
      { level: "error", durationMs: undefined },
    ],
    [
      "a client that sent no request",
      line("https", "- http://a:80- -", "-1 -1 -1", "460"),
      { method: undefined, status: 460 },
    ],
    ["an address without path", line("http", "GET http://a:80 HTTP/1.1"), { path: "/" }],
  ])("%s", (_name, text, fields) =>
    expect(alb.parse(text, { nowMs: 0, zone: "UTC", durationUnit: "ms" }, () => expect.unreachable())).toMatchObject(
      fields,
    ),
  );
});

it.each([
  ["a torn line", line("https", "GET / HTTP/1.1").slice(0, 90)],
  [
    "a dated text",
    "2015-05-13T23:39:43.945958Z one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
  ],
  ["text", "https is what we use"],
])("alb refuses %s", (_name, text) => expect(parsedBy(alb, text)).toBeUndefined());
