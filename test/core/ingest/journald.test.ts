import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { journalEntries } from "../../../core/ingest/journald/export-format.ts";
import { journald } from "../../../core/ingest/journald.ts";
import { decoded, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const path = "/upload";
const HEAD =
  "__CURSOR=s=db9;i=1\n__REALTIME_TIMESTAMP=1763770000000123\n__MONOTONIC_TIMESTAMP=100\n_BOOT_ID=ef2\n_MACHINE_ID=ef3\n";

/** A field whose value has newlines: its length in 64 bits, little-endian. */
function binaryField(name: string, value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, bytes.length, true);
  return Uint8Array.from([...new TextEncoder().encode(`${name}\n`), ...length, ...bytes, 10]);
}

const joined = (...parts: (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === "string" ? new TextEncoder().encode(part) : part)]));

describe("journal entries", () => {
  it("with their time, level, program and host", () => {
    const body = `${HEAD}_HOSTNAME=web1\nPRIORITY=3\nSYSLOG_IDENTIFIER=nginx\n_SYSTEMD_UNIT=nginx.service\n_PID=42\nMESSAGE=hello = journald\n\n${HEAD}MESSAGE=second\n`;
    expect(recordsOf(journald, { path, body })).toEqual([
      {
        service: "journald",
        tsMs: 1763770000000,
        subNs: 123_000,
        level: "error",
        message: "hello = journald",
        host: "web1",
        app: "nginx",
        pid: "42",
        attrs: { _SYSTEMD_UNIT: "nginx.service" },
        parser: "text",
      },
      { service: "journald", tsMs: 1763770000000, subNs: 123_000, message: "second", parser: "text" },
    ]);
  });

  it("with lines inside of a value", () => {
    const body = joined(HEAD, "PRIORITY=2\n", binaryField("MESSAGE", "line1\n\nline2 é"), "\n");
    expect(recordsOf(journald, { path, body })).toMatchObject([
      { level: "fatal", message: "line1\n\nline2 é", flags: ["joined"] },
    ]);
  });

  it("with a field that comes twice", () => {
    expect(recordsOf(journald, { path, body: `${HEAD}A=1\nA=2\nA=3\n` })).toMatchObject([
      { attrs: { A: ["1", "2", "3"] } },
    ]);
  });

  it("that break off keep what came whole", () => {
    const body = joined(`${HEAD}MESSAGE=whole\n\n${HEAD}`, binaryField("MESSAGE", "a\nb").subarray(0, 12));
    expect(recordsOf(journald, { path, body })).toMatchObject([{ message: "whole" }, {}]);
  });

  it("read back what was written", () => {
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,10}$/).filter((text) => text !== "MESSAGE");
    const fields = fc.dictionary(name, fc.string(), { minKeys: 1, maxKeys: 5 });
    fc.assert(
      fc.property(fc.array(fields, { minLength: 1, maxLength: 4 }), (entries) => {
        const body = joined(
          ...entries.flatMap((entry) => [
            ...Object.entries(entry).map(([key, value]) => binaryField(key, value)),
            "\n",
          ]),
        );
        const wellFormed = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));
        const expected = entries.map((entry) =>
          Object.fromEntries(
            Object.entries(entry).map(([key, value]) => [key, wellFormed(value).replace(/^\ufeff/, "")]),
          ),
        );
        expect(journalEntries(body, 100).map((entry) => entry.fields)).toEqual(expected);
      }),
    );
  });
});

it("goes to the service in the path, and is answered as systemd-journal-remote does", () => {
  const { batches, answer } = decoded(journald, { path: "/web/upload", body: `${HEAD}MESSAGE=x\n` });
  expect(batches[0]?.service).toBe("web");
  expect(answer(NOTHING_REFUSED)).toMatchObject({ status: 202, body: "OK.\n" });
});

it("waits before it says no, so that systemd does not give up", () => {
  for (const code of ["overloaded", "unauthorized"] as const) {
    expect(journald.refuse({ code, message: "x" }, requestOf({ path })).delayMs).toBeGreaterThanOrEqual(3_000);
  }
});
