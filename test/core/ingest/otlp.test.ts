import { describe, expect, it } from "vitest";
import { otlp } from "../../../core/ingest/otlp.ts";
import { bytesOfHex, decoded, type Field, message, NOTHING_REFUSED, recordsOf, requestOf } from "./request-of.ts";

const path = "/v1/logs";
const TRACE = "5b8efff798038103d269b633813fc60c";
const SPAN = "eee19b7ec3c1b174";

const attribute = (key: string, value: unknown) => ({ key, value });
const requestWith = (record: object, resource: object[] = [attribute("service.name", { stringValue: "shop" })]) => ({
  resourceLogs: [
    {
      resource: { attributes: resource },
      scopeLogs: [{ scope: { name: "lib", version: "1.0" }, logRecords: [record] }],
    },
  ],
});

const JSON_RECORD = {
  timeUnixNano: "1544712660300000001",
  severityNumber: 17,
  severityText: "Error",
  traceId: TRACE.toUpperCase(),
  spanId: SPAN,
  eventName: "order_failed",
  body: { stringValue: "it broke" },
  attributes: [
    attribute("http.response.status_code", { intValue: "502" }),
    attribute("list", { arrayValue: { values: [{ stringValue: "a" }, { boolValue: true }] } }),
    attribute("map", { kvlistValue: { values: [attribute("x", { doubleValue: 1.5 })] } }),
    attribute("big", { intValue: "9007199254740993" }),
    attribute("bytes", { bytesValue: "AQI=" }),
  ],
};

const any = (field: Field): Field[] => [field];
const PROTOBUF_RECORD: Field[] = [
  [1, 1544712660300000001n],
  [2, 17],
  [3, "Error"],
  [5, any([1, "it broke"])],
  [
    6,
    [
      [1, "http.response.status_code"],
      [2, any([3, 502])],
    ],
  ],
  [
    6,
    [
      [1, "list"],
      [
        2,
        any([
          5,
          [
            [1, any([1, "a"])],
            [1, any([2, 1])],
          ],
        ]),
      ],
    ],
  ],
  [
    6,
    [
      [1, "map"],
      [
        2,
        any([
          6,
          [
            [
              1,
              [
                [1, "x"],
                [2, [[4, doubleBits(1.5)]]],
              ],
            ],
          ],
        ]),
      ],
    ],
  ],
  [
    6,
    [
      [1, "big"],
      [2, [[3, Number.MAX_SAFE_INTEGER]]],
    ],
  ],
  [
    6,
    [
      [1, "bytes"],
      [2, [[7, Uint8Array.from([1, 2])]]],
    ],
  ],
  [9, bytesOfHex(TRACE)],
  [10, bytesOfHex(SPAN)],
  [12, "order_failed"],
];

function doubleBits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

const requestOfProtobuf = (record: Field[]) =>
  message([
    [
      1,
      [
        [
          1,
          [
            [
              1,
              [
                [1, "service.name"],
                [2, [[1, "shop"]]],
              ],
            ],
          ],
        ],
        [
          2,
          [
            [
              1,
              [
                [1, "lib"],
                [2, "1.0"],
              ],
            ],
            [2, record],
          ],
        ],
      ],
    ],
  ]);

const RECORD = {
  service: "shop",
  tsMs: 1544712660300,
  subNs: 1,
  level: "error",
  message: "it broke",
  status: 502,
  app: "shop",
  traceId: TRACE,
  spanId: SPAN,
  event: "order_failed",
  parser: "text",
};

describe("OTLP logs", () => {
  it("in JSON", () => {
    expect(recordsOf(otlp, { path, body: JSON.stringify(requestWith(JSON_RECORD)) })).toEqual([
      {
        ...RECORD,
        attrs: {
          list: ["a", true],
          map: { x: 1.5 },
          big: "9007199254740993",
          bytes: "AQI=",
          scope: { name: "lib", version: "1.0" },
        },
      },
    ]);
  });

  it("in protobuf", () => {
    const [record] = recordsOf(otlp, { path, body: requestOfProtobuf(PROTOBUF_RECORD) });
    const { attrs, ...fields } = record as { attrs: Record<string, unknown> };
    expect(fields).toEqual(RECORD);
    expect(attrs).toMatchObject({
      list: ["a", true],
      map: { x: 1.5 },
      bytes: "AQI=",
      scope: { name: "lib", version: "1.0" },
    });
  });

  it("take the observed time where there is no other", () => {
    const body = JSON.stringify(
      requestWith({ observedTimeUnixNano: "1544712660300000000", timeUnixNano: "0", body: { stringValue: "x" } }),
    );
    expect(recordsOf(otlp, { path, body })).toMatchObject([{ tsMs: 1544712660300 }]);
  });

  it("read numbers where the mapping asks for texts", () => {
    const body = JSON.stringify(
      requestWith({
        timeUnixNano: 1544712660300000000,
        body: { stringValue: "x" },
        attributes: [attribute("n", { intValue: 10 })],
      }),
    );
    expect(recordsOf(otlp, { path, body })).toMatchObject([{ tsMs: 1544712660300, attrs: { n: 10 } }]);
  });

  it.each([
    [1, "trace"],
    [8, "debug"],
    [9, "info"],
    [16, "warn"],
    [20, "error"],
    [24, "fatal"],
    ["SEVERITY_NUMBER_WARN2", "warn"],
  ])("of severity %s are %s", (severityNumber, level) => {
    expect(
      recordsOf(otlp, { path, body: JSON.stringify(requestWith({ severityNumber, body: { stringValue: "x" } })) }),
    ).toMatchObject([{ level }]);
  });

  it("keep the resource together, but for the service and the host", () => {
    const resource = [
      attribute("service.name", { stringValue: "shop" }),
      attribute("host.name", { stringValue: "web-1" }),
      attribute("cloud.region", { stringValue: "eu" }),
    ];
    expect(
      recordsOf(otlp, {
        path,
        body: JSON.stringify(
          requestWith({ body: { kvlistValue: { values: [attribute("msg", { stringValue: "m" })] } } }, resource),
        ),
      }),
    ).toMatchObject([{ service: "shop", host: "web-1", message: "m", attrs: { resource: { "cloud.region": "eu" } } }]);
  });
});

describe("OTLP is answered in its own encoding", () => {
  const refused = [{ index: 0, reason: "too old" }];

  it("JSON", () => {
    const { answer } = decoded(otlp, { path, body: JSON.stringify(requestWith(JSON_RECORD)) });
    expect(answer(NOTHING_REFUSED)).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(answer({ ...NOTHING_REFUSED, refused }).body).toBe(
      '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"1 records: too old"}}',
    );
  });

  it("protobuf", () => {
    const { answer } = decoded(otlp, { path, body: requestOfProtobuf(PROTOBUF_RECORD) });
    expect(answer(NOTHING_REFUSED)).toMatchObject({
      status: 200,
      headers: { "content-type": "application/x-protobuf" },
      body: new Uint8Array(),
    });
    expect(answer({ ...NOTHING_REFUSED, refused }).body).toEqual(
      message([
        [
          1,
          [
            [1, 1],
            [2, "1 records: too old"],
          ],
        ],
      ]),
    );
  });

  it("and never with a wait that makes exporters drop the batch", () => {
    const reply = otlp.refuse(
      { code: "overloaded", message: "busy", retryAfterSeconds: 30 },
      requestOf({ headers: { "content-type": "application/x-protobuf" } }),
    );
    expect(reply).toMatchObject({ status: 503, headers: { "retry-after": "2" }, body: message([[2, "busy"]]) });
  });
});

it("takes an empty request for what it is", () => {
  expect(decoded(otlp, { path, body: "", headers: { "content-type": "application/x-protobuf" } }).batches).toEqual([]);
});

it("refuses a request that is cut off", () => {
  const body = requestOfProtobuf(PROTOBUF_RECORD);
  for (let length = 1; length < body.length; length++)
    expect(otlp.decode(requestOf({ path, body: body.slice(0, length) })).ok).toBe(false);
});
