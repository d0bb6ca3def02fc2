import { describe, expect, it } from "vitest";
import { isBoundTo, isOriginAllowed } from "../../../worker/auth/may-send.ts";

describe("isBoundTo", () => {
  it.each([
    [[], "anything", true],
    [["web"], "web", true],
    [["web"], "web2", false],
    [["web-*"], "web-1", true],
    [["web-*"], "web", false],
    [["web-*"], "my-web-1", false],
    [["api", "web-*"], "api", true],
    [["*"], "x", true],
  ])("%j takes %s: %s", (services, service, expected) => {
    expect(isBoundTo(services, service)).toBe(expected);
  });
});

describe("isOriginAllowed", () => {
  it.each([
    ["https://shop.test", "https://shop.test", true],
    ["https://shop.test", "http://shop.test", false],
    ["https://shop.test", "https://shop.test:8443", false],
    ["https://shop.test", "https://shop.test.evil.test", false],
    ["https://shop.test", "https://evilshop.test", false],
    ["https://shop.test", "null", false],
    ["https://*.shop.test", "https://www.shop.test", true],
    ["https://*.shop.test", "https://a.b.shop.test", true],
    ["https://*.shop.test", "https://shop.test", false],
    ["https://*.shop.test", "https://.shop.test", false],
    ["https://*.shop.test", "https://evilshop.test", false],
    ["https://*.shop.test", "http://www.shop.test", false],
    ["https://*.shop.test", "https://www.shop.test.evil.test", false],
  ])("%s lets %s: %s", (allowed, origin, expected) => {
    expect(isOriginAllowed([allowed], origin)).toBe(expected);
  });
});
