import { describe, expect, it } from "vitest";
import { beacon } from "../../../core/ingest/beacon.ts";
import { decoded, NOTHING_REFUSED, NOW_MS, recordsOf, requestOf } from "./request-of.ts";

const headers = { "user-agent": "Mozilla/5.0", "cf-connecting-ip": "203.0.113.9", origin: "https://shop.example" };
const path = "/shop";

describe("a beacon", () => {
  it("of events, with what the request says of the browser", () => {
    const body = JSON.stringify([
      { e: "view", u: "https://shop.example/items/7?x=1", r: "https://r.example/", t: "Item", i: "s1", a: 1_500 },
      { e: "error", u: "/cart", m: "boom", s: "Error: boom\n at x", n: 3 },
      { e: "vital", m: "LCP", v: 1234.5 },
    ]);
    const common = { service: "shop", ip: "203.0.113.9", userAgent: "Mozilla/5.0", parser: "fields" };
    expect(recordsOf(beacon, { path, headers, body })).toEqual([
      {
        ...common,
        tsMs: NOW_MS - 1_500,
        level: "info",
        event: "view",
        path: "/items/7?x=1",
        referrer: "https://r.example/",
        sessionId: "s1",
        attrs: { title: "Item" },
      },
      {
        ...common,
        tsMs: NOW_MS,
        level: "error",
        event: "error",
        path: "/cart",
        message: "boom",
        attrs: { stack: "Error: boom\n at x", line: 3 },
        flags: ["no_time"],
      },
      {
        ...common,
        tsMs: NOW_MS,
        level: "info",
        event: "vital",
        message: "LCP",
        attrs: { value: 1234.5 },
        flags: ["no_time"],
      },
    ]);
  });

  it("with names of the page's own", () => {
    expect(recordsOf(beacon, { path, body: '{"event":"purchase","price":7}' })).toMatchObject([
      { event: "purchase", attrs: { price: 7 } },
    ]);
  });

  it("is answered so that the page hears no error", () => {
    expect(decoded(beacon, { path, headers, body: "{}" }).answer(NOTHING_REFUSED)).toEqual({
      status: 204,
      headers: { "access-control-allow-origin": "https://shop.example", vary: "origin" },
      body: null,
    });
    expect(beacon.refuse({ code: "unauthorized", message: "x" }, requestOf({ headers })).headers).toMatchObject({
      "access-control-allow-origin": "https://shop.example",
    });
  });

  it("may be asked for leave", () => {
    expect(beacon.handshake?.(requestOf({ method: "OPTIONS", headers }))).toMatchObject({
      status: 204,
      headers: { "access-control-allow-methods": "POST" },
    });
  });

  it.each([
    ["", "empty_body"],
    ["x=1", "undecodable_body"],
    [JSON.stringify(Array(201).fill({})), "too_many_lines"],
  ])("of %.20j is refused", (body, reason) => {
    expect(beacon.decode(requestOf({ path, body }))).toMatchObject({ ok: false, reason });
  });
});
