import { afterEach, describe, expect, it, vi } from "vitest";
// @ts-expect-error plain JavaScript
import { printLog, v8Flags } from "../../scripts/lib/runtime.mjs";

describe("v8Flags", () => {
  it("lets every isolate collect its garbage early", () => {
    expect(v8Flags()).toBe("--initial-old-space-size=8");
  });

  it("puts a person's own flags behind, where they win", () => {
    expect(v8Flags("--initial-old-space-size=64 --trace-gc")).toBe(
      "--initial-old-space-size=8 --initial-old-space-size=64 --trace-gc",
    );
  });
});

describe("printLog", () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each([
    ["what the Worker says", { level: "log", message: "hello" }, ["hello"], []],
    ["a warning", { level: "warn", message: "careful" }, [], [expect.stringContaining("careful")]],
    [
      "nothing of what the flags bring",
      { level: "warn", message: "NOSENTRY per-isolate bootstrap compile cache failed" },
      [],
      [],
    ],
  ])("prints %s", (_name, log, out, error) => {
    const [printed, complained]: [unknown[], unknown[]] = [[], []];
    vi.spyOn(console, "log").mockImplementation((text) => void printed.push(text));
    vi.spyOn(console, "error").mockImplementation((text) => void complained.push(text));
    printLog(log);
    expect([printed, complained]).toEqual([out, error]);
  });
});
