import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { nasty } from "./nasty.ts";

const json = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  {
    weight: 3,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        ...[
          "service",
          "sql",
          "from",
          "to",
          "q",
          "name",
          "scope",
          "token",
          "limit",
          "message",
          "level",
          "status",
          "time",
          "shards",
          "hotDays",
          "drop",
          "pattern",
          "event",
          "streams",
          "resourceLogs",
          "firstSeq",
          "kind",
          "value",
          "url",
          "explain",
        ],
      ),
      fc.oneof(nasty, fc.jsonValue({ maxDepth: 3 })),
    ),
  },
);

const text = fc.oneof(
  { weight: 4, arbitrary: json.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc
      .array(json, { maxLength: 5 })
      .map((values) => values.map((value) => JSON.stringify(value)).join("\n")),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30_000 }).map((depth) => "[".repeat(depth)) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 5_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
  },
  { weight: 2, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 500 }) },
);

const encoder = new TextEncoder();
/** A body that fits nothing: JSON of any shape, depth and ending, bytes, whole and broken compression. */
export const body = fc.oneof(
  { weight: 5, arbitrary: text.map((value) => encoder.encode(value)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 500 }) },
  { weight: 1, arbitrary: text.map((value) => new Uint8Array(gzipSync(value))) },
  {
    weight: 1,
    arbitrary: text.chain((value) => fc.nat(60).map((cut) => new Uint8Array(gzipSync(value)).subarray(0, cut))),
  },
  { weight: 1, arbitrary: fc.constant(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff])) },
);

/** An example with one of its parts changed, taken away, or added. */
export function bent(example: unknown): fc.Arbitrary<Uint8Array> {
  if (typeof example === "string")
    return fc
      .tuple(nasty, fc.nat(example.length))
      .map(([text, at]) => encoder.encode(example.slice(0, at) + text + example.slice(at)));
  if (typeof example !== "object" || example === null) return body;
  const names = Object.keys(example);
  return fc
    .tuple(fc.constantFrom(...names, "x", "__proto__"), fc.oneof(nasty, json, fc.constant(undefined)))
    .map(([name, value]) => encoder.encode(JSON.stringify({ ...example, [name]: value })));
}
