import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinTraces } from "../../../core/parse/join-traces.ts";

const LINE = "2024-05-20 12:00:00,123 INFO ready";
const ERROR = "2024-05-20 12:00:01,123 ERROR request failed";
const ACCESS = '10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 7 "-" "curl/8"';

/** A table's cell is what must become one entry: the lines around it must stay alone. */
const joins = (trace: string[], before = LINE) => {
  const lines = [before, ...trace, LINE];
  return joinTraces(lines);
};

describe("joinTraces joins", () => {
  it.each([
    [
      "Java's, with its causes",
      [
        'Exception in thread "main" java.lang.IllegalStateException: boom',
        "\tat com.example.A.run(A.java:12)",
        "\tat com.example.A.main(A.java:3)",
        "Caused by: java.io.IOException: disk",
        "\tat com.example.B.read(B.java:9)",
        "\t... 2 more",
      ],
    ],
    [
      "Python's, with the exception while handling another",
      [
        "Traceback (most recent call last):",
        '  File "/app/main.py", line 3, in <module>',
        "    run()",
        "ValueError: no",
        "",
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
        '  File "/app/main.py", line 5, in <module>',
        "    other()",
        "KeyError: 'x'",
      ],
    ],
    [
      "Node's",
      [
        "TypeError: Cannot read properties of undefined (reading 'x')",
        "    at run (/app/main.js:1:7)",
        "    at async Promise.all (index 0)",
        "    at node:internal/main/run_main_module:23:47",
      ],
    ],
    [
      "Go's",
      [
        "panic: runtime error: index out of range [3] with length 2",
        "",
        "goroutine 1 [running]:",
        "main.run(0xc000012345, 0x2)",
        "\t/app/main.go:12 +0x1d",
        "main.main()",
        "\t/app/main.go:5 +0x20",
        "exit status 2",
      ],
    ],
    [
      ".NET's",
      [
        "System.InvalidOperationException: no",
        "   at App.Run() in /app/App.cs:line 3",
        "   --- End of inner exception stack trace ---",
      ],
    ],
  ])("%s", (_name, trace) => {
    expect(joins(trace)).toEqual([LINE, trace.join("\n"), LINE]);
  });

  it.each([
    ["an exception", ["java.lang.Error: x", "\tat a.B.c(B.java:1)"]],
    ["a traceback", ["Traceback (most recent call last):", '  File "a.py", line 1, in f', "ValueError: no"]],
    ["a dump", ["panic: x", "main.main()", "\t/a.go:1 +0x1"]],
  ])("%s to the line of the error before it", (_name, trace) => {
    expect(joins(trace, ERROR)).toEqual([[ERROR, ...trace].join("\n"), LINE]);
  });

  it("indented lines to the dated line before them", () => {
    const values = ["\tbroker.id = 0", "\tport = 9092", " (kafka.server.KafkaConfig)"];
    expect(joins(values)).toEqual([[LINE, ...values].join("\n"), LINE]);
  });

  it("a trace that Kubernetes has wrapped line by line", () => {
    const wrapped = ["2024-05-20T12:00:00.1Z stderr F Error: x", "2024-05-20T12:00:00.2Z stderr F     at f (a.js:1:1)"];
    expect(joins(wrapped)).toEqual([LINE, wrapped.join("\n"), LINE]);
  });

  it("the parts of a line that Kubernetes has split", () => {
    const parts = ["2024-05-20T12:00:00.1Z stdout P one ", "2024-05-20T12:00:00.2Z stdout F two"];
    expect(joins([...parts, "2024-05-20T12:00:00.3Z stdout F three"])).toEqual([
      LINE,
      parts.join("\n"),
      "2024-05-20T12:00:00.3Z stdout F three",
      LINE,
    ]);
  });
});

describe("joinTraces leaves", () => {
  it.each([
    ["access lines", [ACCESS, ACCESS]],
    [
      "an indented line after one without a date",
      ["pm9.example.com -", ' - [01/Aug/1995:00:06:47 -0400] "GET / HTTP/1.0" 200 1'],
    ],
    ["an indented first line", ["  indented", LINE]],
    ["a dated line in the middle of a traceback", ["Traceback (most recent call last):", LINE]],
    ["an exception without frames", [ERROR, "java.lang.Error: x", LINE]],
    ["a trace after a line that is no error", [LINE, "Traceback (most recent call last):"]],
    ["nothing", []],
  ])("%s", (_name, lines) => expect(joinTraces(lines)).toEqual(lines));

  it("the array itself where nothing is to be joined", () => {
    const lines = [ACCESS, LINE, '{"a":1}'];
    expect(joinTraces(lines)).toBe(lines);
  });
});

it("goes on in a new entry after a thousand lines", () => {
  const frames = Array.from({ length: 2_500 }, (_, i) => `\tat f${i}`);
  const entries = joinTraces(["Error: deep", ...frames]);
  expect(entries.map((entry) => entry.split("\n").length)).toEqual([1_000, 1_000, 501]);
});

it("neither loses nor adds nor moves a line", () => {
  const shapes = [
    LINE,
    ERROR,
    ACCESS,
    "",
    " ",
    "\tat a.b",
    "  x",
    "Caused by: y",
    "Traceback (most recent call last):",
    "panic: x",
    "goroutine 1 [running]:",
    "main.main()",
    "ValueError: no",
    "During handling of the above exception, x",
    "2024-05-20T12:00:00.1Z stdout P x",
    "2024-05-20T12:00:00.1Z stdout F \tat x",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...shapes), { maxLength: 40 }), (lines) => {
      expect(joinTraces(lines).flatMap((entry) => entry.split("\n"))).toEqual(lines);
    }),
    { numRuns: 2_000 },
  );
});
