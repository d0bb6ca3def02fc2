import { beforeAll, describe, expect, it } from "vitest";
import type { RecordJson } from "../../../core/record-json.ts";
import { entriesOfParquet, NotOurParquet } from "../../../core/segment/parquet-entries.ts";
import { FAST_LEVEL, zstdCodec } from "../../../worker/archive/zstd-codec.ts";
import { boundedCodec } from "../../../worker/ingest/import-parquet.ts";
import { MAX_IMPORT_BYTES } from "../../../worker/routes/import.ts";
import { keysOf, lines, putSettings } from "../archive/answers.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";

/** Records of every kind: access lines, fields that fill no column, syslog, plain text. */
const sent = [
  ...lines(30),
  JSON.stringify({
    time: "2025-11-22T10:20:00.123456789Z",
    level: "error",
    message: "fine time",
    plan: "gold",
    deep: { a: [1, 2] },
  }),
  JSON.stringify({
    time: "2025-11-22T10:21:00Z",
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    user_id: "u1",
    city: "Bern",
  }),
  "<34>Nov 22 10:22:00 host1 sshd[42]: Failed password for root",
  "plain words that no parser takes",
];

type Fields = Partial<RecordJson>;

async function recordsOf(service: string): Promise<Fields[]> {
  await settled();
  const text = await (await ask(`/api/export?service=${service}&from=0&format=ndjson`)).text();
  const records = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Fields);
  return records.map(({ service: _, shard: __, seq: ___, flags: ____, ...fields }) => fields);
}

const sendFile = (service: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> =>
  post(`/import/${service}`, bytes, { "Content-Type": "application/vnd.apache.parquet" });

async function segmentOf(service: string): Promise<Uint8Array<ArrayBuffer>> {
  const [key] = await keysOf(service);
  return new Uint8Array(await (await bindings.ARCHIVE.get(key!))!.arrayBuffer());
}

const exportOf = async (service: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await ask(`/api/export?service=${service}&from=0&format=parquet`)).arrayBuffer());

beforeAll(async () => {
  await json(putSettings("origin", { hotDays: 0 }));
  await json(post("/ingest/origin", sent.join("\n")));
  await settled();
});

describe("a file that we wrote", () => {
  it("comes back as the same records when it is a segment, and once however often it is sent", async () => {
    const segment = await segmentOf("origin");
    expect(await json(sendFile("from-segment", segment))).toEqual({
      records: 34,
      accepted: 34,
      repeated: 0,
      dropped: {},
    });
    expect(await recordsOf("from-segment")).toEqual(await recordsOf("origin"));
    expect(await json(sendFile("from-segment", segment))).toEqual({
      records: 34,
      accepted: 0,
      repeated: 34,
      dropped: {},
    });
    expect(await recordsOf("from-segment")).toHaveLength(34);
  });

  it("comes back as the same records when it is an export, times to the nanosecond", async () => {
    const file = await exportOf("origin");
    expect(await json(sendFile("from-export", file))).toMatchObject({ records: 34, accepted: 34 });
    const original = await recordsOf("origin");
    expect(original.some(({ time }) => /\.\d{6,9}Z$/.test(time!))).toBe(true);
    expect(await recordsOf("from-export")).toEqual(original);
    expect(await json(sendFile("from-export", file))).toMatchObject({ accepted: 0, repeated: 34 });
  });

  it("is a file of its own for every service", async () => {
    const segment = await segmentOf("origin");
    expect(await json(sendFile("another", segment))).toMatchObject({ accepted: 34 });
    await json(putSettings("choosy", { drop: [{ status: "404" }] }));
    expect(await json(sendFile("choosy", segment))).toMatchObject({
      records: 34,
      accepted: 19,
      dropped: { drop_rule: 15 },
    });
  });

  it("may be empty", async () => {
    const empty = await exportOf("nobody-ever");
    expect(await json(sendFile("from-empty", empty))).toMatchObject({ records: 0 });
  });
});

describe("POST /import/:service refuses", () => {
  const text = (words: string) => new TextEncoder().encode(words) as Uint8Array<ArrayBuffer>;

  it.each<[string, () => Promise<Uint8Array<ArrayBuffer>>]>([
    ["text", async () => text("no Parquet at all")],
    ["a file that breaks off", async () => (await segmentOf("origin")).slice(0, 2_000)],
    [
      "an export that lacks columns",
      async () => {
        const answer = await ask("/api/export?service=origin&from=0&format=parquet&columns=time,path");
        return new Uint8Array(await answer.arrayBuffer());
      },
    ],
  ])("%s", async (_what, file) => {
    const answer = await sendFile("refusing", await file());
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request" } });
  });

  it("a body past its bound, and takes one at it for what it is", async () => {
    expect((await sendFile("refusing", new Uint8Array(MAX_IMPORT_BYTES + 1))).status).toBe(413);
    expect((await sendFile("refusing", new Uint8Array(MAX_IMPORT_BYTES))).status).toBe(400);
  });

  it("a key that may not send there", async () => {
    expect((await ask("/import/refusing", { method: "POST", headers: { "X-No-Key": "1" } })).status).toBe(401);
  });
});

it("reads damaged files, or says that it cannot", async () => {
  for (const whole of [await segmentOf("origin"), await exportOf("origin")]) {
    for (let at = 4; at < whole.length; at += Math.ceil(whole.length / 150)) {
      const damaged = whole.slice();
      damaged[at]! ^= 1 << (at % 8);
      try {
        for await (const entries of entriesOfParquet(damaged, zstdCodec(FAST_LEVEL)))
          expect(entries.length).toBeLessThan(5_001);
      } catch (error) {
        expect(error).toBeInstanceOf(NotOurParquet);
      }
    }
  }
});

it("takes pages of every length, and none that is far longer than it says", () => {
  for (let length = 60; length < 1_500_000; length = Math.ceil(length * 1.09)) {
    const page = new Uint8Array(length).fill(97);
    const packed = boundedCodec.compress(page);
    expect(boundedCodec.decompress(packed, length)).toHaveLength(length);
    if (length > 1_000) expect(() => boundedCodec.decompress(packed, Math.floor(length / 4))).toThrow("limit");
  }
});
