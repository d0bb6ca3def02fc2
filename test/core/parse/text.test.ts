import { describe, expect, it } from "vitest";
import { stripAnsi } from "../../../core/parse/strip-ansi.ts";
import { text } from "../../../core/parse/text.ts";
import { CONTEXT } from "./context.ts";

const AT = Date.UTC(2024, 0, 2, 3, 4, 5);

describe("text finds the time", () => {
  it.each([
    ["at the start", "2024-01-02 03:04:05 ready", AT],
    ["in brackets", "[2024-01-02T03:04:05Z] ready", AT],
    ["after a level", "[notice] 2024-01-02T03:04:05Z ready", AT],
    ["after a name", "[Nest] 7  - 01/02/2024, 3:04:05 AM   WARN", AT],
    ["of a logger in a logger, the finer", "2024/01/02 03:04:05 [2024-01-02 03:04:05.150624] ready", AT + 150],
    ["in Android's form", "01-02 03:04:05.678  1234 I Tag: ready", AT + 678],
    ["without zeros", "20240102-3:4:5:7|Step|ready", AT + 7],
    ["in glog's form", "I0102 03:04:05.678901 7 main.go:1] ready", AT + 678],
    ["in epoch seconds", "1704164645.250  12 10.0.0.1 TCP_MISS/200", AT + 250],
    ["in epoch seconds in brackets", "[1704164645] nsd[7]: ready", AT],
    ["between colours that were escaped", "\\x1b[33m2024-01-02 03:04:05\\x1b[39m ready", AT],
  ])("%s", (_name, line, tsMs) =>
    expect(text.parse(line, CONTEXT)).toMatchObject({ tsMs, message: line, flags: undefined }),
  );
});

it.each([
  ["2024-01-02 03:04:05, Info                  CBS    Loaded", "info"],
  ["2024-01-02 03:04:05 error in the module", "error"],
  ["2024-01-02 03:04:05 the error is known", undefined],
  ["2024-01-02 03:04:05 log rotated", undefined],
  ["[notice] 2024-01-02T03:04:05Z ready", "info"],
])("text finds the level of %s", (line, level) => expect(text.parse(line, CONTEXT).level).toBe(level));

it.each([
  ["prose", "on May 12 1 of 3 failed"],
  ["an address", "10.20.30.40 said hello"],
  ["a number", "1704164645abc"],
  ["a far date", `${"x ".repeat(100)}2024-01-02 03:04:05`],
  ["a date without clock", "released 2024-01-02 to all"],
])("text finds no time in %s", (_name, line) =>
  expect(text.parse(line, CONTEXT)).toMatchObject({ tsMs: CONTEXT.nowMs, flags: ["no_time"] }),
);

it.each([
  ["\x1b[31mred\x1b[0m", "red"],
  ["\x1b[38;5;208morange", "orange"],
  ["\x1b[2K\x1b[1Gline", "line"],
  ["\x1b]0;title\x07text", "text"],
  ["\x1b]8;;http://x\x1b\\link", "link"],
  ["plain", "plain"],
  ["\x1b[", "\x1b["],
])("stripAnsi makes %j to %j", (line, plain) => expect(stripAnsi(line)).toBe(plain));
