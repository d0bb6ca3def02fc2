import { describe, expect, it } from "vitest";
import { levelOfText } from "../../../core/parse/level-of-text.ts";

describe("levelOfText finds", () => {
  it.each([
    ["a name in brackets", "2024-01-01 12:00:00 [ERROR] no such table", "error"],
    ["a padded name in brackets", "[2024-01-01] [INFO ] ready", "info"],
    ["a lower-case name in brackets", "[error] POST /control/login", "error"],
    ["a module and a name in brackets", "[Thu Apr 27 10:39:46 2017] [php7:notice] [pid 17] ready", "info"],
    ["a name with its own brackets", "<warn> disk is filling", "warn"],
    ["a name in capitals alone", "2021-12-12 12:32:19 WARNING (MainThread) login", "warn"],
    ["a name in capitals at the start", "ERROR something broke", "error"],
    ["a name before a colon", "error: cannot open file", "error"],
    ["a name before a colon after another label", "03-Nov-2022 13:34:52.235 security: error: client @0x7f", "error"],
    ["PostgreSQL's", "2024-01-01 12:00:00 UTC [17] LOG:  checkpoint starting", "info"],
    ["a key and a value", "app started level=debug", "debug"],
    ["a quoted key of a torn JSON line", '{"a":1,"level":"fatal","b', "fatal"],
    ["a letter in brackets", "auth.go:200:SignInPost() [W] failed", "warn"],
    ["glog's letter", "E0102 15:04:05.678901   1 main.go:42] lost", "error"],
    ["an abbreviation", "2023-04-23 21:53:37.311 -05:00 [WRN] Failed login", "warn"],
    ["Java's", "2024-10-10 12:59:53,237 SEVERE [main] x", "error"],
    ["a panic", "panic: runtime error: index out of range", "fatal"],
    ["a traceback", "Traceback (most recent call last):", "error"],
    ["Minecraft's", "[12:00:00] [Server thread/INFO]: Done", "info"],
  ])("%s", (_name, line, level) => expect(levelOfText(line)).toBe(level));
});

describe("levelOfText is not misled by", () => {
  it.each([
    ["prose", "there was an error while reading the file"],
    ["prose with a colon", "the last known error: none"],
    ["a path", "GET /error/500.html"],
    ["a compound", "error_count went up, warning-free build"],
    ["an unsure word in capitals", "ALERT the media LOG in FINE"],
    ["a letter in prose", "plan E (the I in team)"],
    ["a far word", `${"x ".repeat(150)} ERROR`],
    ["nothing", ""],
    ["an address", "INFO@example.com"],
  ])("%s", (_name, line) => expect(levelOfText(line)).toBeUndefined());
});
