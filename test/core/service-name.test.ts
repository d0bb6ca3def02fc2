import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isServiceName, toServiceName } from "../../core/service-name.ts";

describe("toServiceName", () => {
  it.each([
    ["web", "web"],
    ["My App/web", "my-app-web"],
    ["logs-2026.11.22", "logs"],
    ["logs-2026.11", "logs"],
    ["logs-app-default", "logs-app-default"],
    ["my.service", "my.service"],
    ["../x", "x"],
    ["Ärger", "rger"],
    ["_hidden", "hidden"],
    ["a".repeat(100), "a".repeat(63)],
    ["", undefined],
    ["///", undefined],
  ])("%s → %s", (text, name) => {
    expect(toServiceName(text)).toBe(name);
  });

  it("gives a name or nothing, and the same again for a name", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = toServiceName(text);
        if (name === undefined) return;
        expect(isServiceName(name)).toBe(true);
        expect(isServiceName(toServiceName(name)!)).toBe(true);
      }),
    );
  });
});

it.each(["", "-a", ".a", "A", "a b", "a/b", "a".repeat(64), "é"])("isServiceName refuses %j", (text) => {
  expect(isServiceName(text)).toBe(false);
});
