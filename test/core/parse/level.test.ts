import { describe, expect, it } from "vitest";
import { levelOfName, levelOfNumber, levelOfStatus } from "../../../core/parse/level.ts";

describe("levelOfName", () => {
  it.each([
    ["error", "error"],
    ["WARNING", "warn"],
    ["Information", "info"],
    ["[err]", "error"],
    ["DEBUG2", "debug"],
    ["E", "error"],
    ["SEVERE", "error"],
    ["emerg", "fatal"],
    ["notice", "info"],
    ["FINEST", "trace"],
    ["dpanic", "fatal"],
    ["important", undefined],
    ["", undefined],
    ["constructor", undefined],
    ["errors are many, but this is a text", undefined],
  ])("%s", (name, level) => expect(levelOfName(name)).toBe(level));
});

describe("levelOfNumber", () => {
  it.each([
    [0, "syslog", "fatal"],
    [3, "syslog", "error"],
    [5, "syslog", "info"],
    [7, "syslog", "debug"],
    [8, "syslog", undefined],
    [10, "pino", "trace"],
    [35, "pino", "info"],
    [60, "pino", "fatal"],
    [0, "pino", undefined],
    [1, "otlp", "trace"],
    [9, "otlp", "info"],
    [20, "otlp", "error"],
    [24, "otlp", "fatal"],
    [0, "otlp", undefined],
    [25, "otlp", undefined],
    [5, "python", "trace"],
    [10, "python", "debug"],
    [30, "python", "warn"],
    [50, "python", "fatal"],
    [Number.NaN, "syslog", undefined],
    [3, undefined, "error"],
    [30, undefined, "info"],
  ] as const)("%d on the scale of %s", (value, scale, level) => expect(levelOfNumber(value, scale)).toBe(level));
});

it.each([
  [200, "info"],
  [304, "info"],
  [404, "warn"],
  [499, "warn"],
  [500, "error"],
  [599, "error"],
])("a status of %d is %s", (status, level) => expect(levelOfStatus(status)).toBe(level));
