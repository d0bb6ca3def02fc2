import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelsOf } from "../../../core/ingest/loki/labels.ts";
import { snappyDecoded } from "../../../core/ingest/loki/snappy.ts";
import { loki } from "../../../core/ingest/loki.ts";
import {
  bytesOfHex,
  decoded,
  type Field,
  message,
  NOTHING_REFUSED,
  recordsOf,
  requestOf,
  snappyLiteral,
} from "./request-of.ts";

const path = "/api/v1/push";

const push = {
  streams: [
    { stream: { app: "shop", level: "warn" }, values: [["1570818239000000001", "disk is full", { trace_id: "t1" }]] },
  ],
};
const expected = {
  service: "shop",
  tsMs: 1570818239000,
  subNs: 1,
  level: "warn",
  message: "disk is full",
  app: "shop",
  traceId: "t1",
  parser: "text",
};

const pairs: Field[] = [
  [
    3,
    [
      [1, "trace_id"],
      [2, "t1"],
    ],
  ],
];
const entry: Field[] = [
  [
    1,
    [
      [1, 1570818239],
      [2, 1],
    ],
  ],
  [2, "disk is full"],
  ...pairs,
];
const stream: Field[] = [
  [1, '{app="shop", level="warn"}'],
  [2, entry],
  [3, 77],
];

describe("a Loki push", () => {
  it("in JSON", () => {
    expect(recordsOf(loki, { path, body: JSON.stringify(push) })).toEqual([expected]);
  });

  it("in protobuf", () => {
    expect(recordsOf(loki, { path, body: snappyLiteral(message([[1, stream]])) })).toEqual([expected]);
  });

  it("as winston-loki compresses it", () => {
    // Two streams of one line each, written by the snappy package of npm: with copies.
    const body = bytesOfHex(
      "9901f0400a4c0a197b6c6576656c3d22696e666f222c6170703d2273686f70227d122f0a0c08c6fd88d8061080eba5c302121f68656c6c6f207b2275736572223a312c226c013b04223a093c107d0a490a20114e106572726f722e4f00202c6b3d2276227d12253a55001415626164207b154a186572726f72227d",
    );
    const records = recordsOf(loki, { path, body });
    expect(records.map(({ service, level, message, tsMs }) => ({ service, level, message, tsMs }))).toEqual([
      { service: "shop", level: "info", message: 'hello {"user":1,"level":"info"}', tsMs: 1795309254678 },
      { service: "shop", level: "error", message: 'bad {"level":"error"}', tsMs: 1795309254678 },
    ]);
  });

  it("reads the lines themselves, and keeps the envelope's finer time", () => {
    const line = '127.0.0.1 - - [11/Oct/2019:18:23:59 +0000] "GET /missing HTTP/1.1" 404 153 "-" "curl/7.58.0"';
    const body = JSON.stringify({ streams: [{ stream: { job: "nginx" }, values: [["1570818239000000001", line]] }] });
    expect(recordsOf(loki, { path, body })).toMatchObject([
      {
        service: "nginx",
        tsMs: 1570818239000,
        subNs: 1,
        status: 404,
        path: "/missing",
        userAgent: "curl/7.58.0",
        attrs: { job: "nginx" },
        parser: "combined",
      },
    ]);
  });

  it("is answered with 204, whatever was refused of it", () => {
    const { answer } = decoded(loki, { path, body: JSON.stringify(push) });
    expect(answer({ ...NOTHING_REFUSED, refused: [{ index: 0, reason: "x" }] })).toEqual({
      status: 204,
      headers: {},
      body: null,
    });
  });

  it("goes to the service in its path", () => {
    for (const path of ["/web/api/v1/push", "/web/loki/api/v1/push"]) {
      expect(decoded(loki, { path, body: JSON.stringify(push) }).batches[0]?.service).toBe("web");
    }
    expect(decoded(loki, { path: "/loki/api/v1/push", body: JSON.stringify(push) }).batches[0]?.service).toBe("shop");
  });

  it("that is cut off is refused", () => {
    const body = snappyLiteral(message([[1, stream]]));
    for (let length = 1; length < body.length; length++)
      expect(loki.decode(requestOf({ path, body: body.slice(0, length) })).ok).toBe(false);
  });
});

it("says ready", () => {
  expect(loki.handshake?.(requestOf({ method: "GET", path: "/ready" }))).toMatchObject({
    status: 200,
    body: "ready\n",
  });
});

describe("labelsOf reads", () => {
  it.each([
    ['{job="x", host="y"}', { job: "x", host: "y" }],
    ['{a="say \\"hi\\"",b="c\\\\d"}', { a: 'say "hi"', b: "c\\d" }],
    ['{a="\\x41"}', { a: "\\x41" }],
    ["{}", {}],
    ["nonsense", {}],
    ['{__proto__="x",a="1"}', { a: "1" }],
  ])("%s", (text, labels) => {
    expect(labelsOf(text)).toEqual(labels);
  });
});

describe("snappyDecoded", () => {
  it("repeats what it has just written", () => {
    // "ab", then a copy of 6 bytes from 2 back.
    expect(snappyDecoded(Uint8Array.from([8, 1 << 2, 97, 98, ((6 - 4) << 2) | 1, 2]), 100)).toEqual(
      new TextEncoder().encode("abababab"),
    );
  });

  it("gives back any literal", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 5_000 }), (bytes) => {
        expect(snappyDecoded(snappyLiteral(bytes), 10_000)).toEqual(bytes);
      }),
    );
  });

  it("refuses more than it may write, and offsets before the start", () => {
    expect(snappyDecoded(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0x0f]), 1_000)).toBeUndefined();
    expect(snappyDecoded(Uint8Array.from([4, 0, 97, 1, 9]), 100)).toBeUndefined();
  });

  it("takes or refuses any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => (snappyDecoded(bytes, 1_000)?.length ?? 0) <= 1_000),
    );
  });
});
