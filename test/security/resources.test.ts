import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { VISITOR_LIMIT } from "../../worker/auth/rate-limits.ts";
import { MAX_BODY_BYTES, MAX_PLAIN_BYTES } from "../../worker/ingest/read-body.ts";
import { MAX_SERVICES_A_REQUEST } from "../../worker/routes/ingest.ts";
import { ask, bindings, json, post, settled } from "../worker/ask.ts";
import { bearer, makeKey, postJson, windowWithTime } from "../worker/auth/make-key.ts";
import { openSocket } from "../worker/open-socket.ts";
import { newAddress } from "./attack.ts";

describe("API4 ASVS 5.2.3: decompression bombs", () => {
  const zeros = new Uint8Array(MAX_PLAIN_BYTES + 1).fill(0x20);
  it.each([
    ["gzip", gzipSync],
    ["zlib", deflateSync],
    ["zstd", zstdCompressSync],
  ])("%s stops at the limit", async (_name, compress) => {
    expect((await post("/ingest/bombs", compress(zeros.subarray(1)))).status).toBe(400);
    const answer = await post("/ingest/bombs", compress(zeros));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: "payload_too_large" } });
  });

  it("in many members stops at the limit", async () => {
    const member = gzipSync(new Uint8Array(1_000_000).fill(0x20));
    const members = new Uint8Array(member.length * 50);
    for (let at = 0; at < 50; at++) members.set(member, at * member.length);
    expect((await post("/ingest/bombs", members)).status).toBe(413);
  });

  it("in a bomb is text of the second", async () => {
    const twice = gzipSync(gzipSync(zeros));
    expect((await post("/ingest/bombs", twice)).status).toBe(400);
  });

  it("of snappy, by the length that it claims", async () => {
    const headers = { "Content-Type": "application/x-protobuf" };
    const claims = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x61]);
    expect((await post("/loki/api/v1/push", claims, headers)).status).toBe(400);
  });

  it.each([
    ["gzip", new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ["zstd", new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3])],
    ["zlib", new Uint8Array([0x78, 0x9c, 0xff, 0xff, 0xff])],
  ])("a %s that breaks off is refused", async (_name, body) => {
    expect((await post("/ingest/bombs", body)).status).toBe(400);
  });
});

it("API4 ASVS 5.2.1: a body of the limit is taken, and one byte more is not", async () => {
  const lines = new Uint8Array(MAX_BODY_BYTES + 1).fill(0x61);
  for (let at = 1_000; at < lines.length; at += 1_000) lines[at] = 0x0a;
  expect((await post("/ingest/sizes", lines.subarray(1))).status).toBe(200);
  expect((await post("/ingest/sizes", lines)).status).toBe(413);
});

describe("API4: JSON that is deep or wide", () => {
  const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  it.each([
    ["/ingest/deep", (json: string) => json],
    ["/gelf?service=deep", (json: string) => `{"short_message":"x","_a":${json}}`],
    ["/splunk/services/collector/event", (json: string) => `{"event":${json},"index":"deep"}`],
    ["/datadog/api/v2/logs?service=deep", (json: string) => `[${json}]`],
    ["/elastic/deep/_bulk", (json: string) => `{"index":{}}\n${json}\n`],
    ["/beacon/deep", (json: string) => `{"e":"view","q":${json}}`],
    ["/logpush/deep", (json: string) => json],
  ])("%s keeps 8 levels and answers", async (path, wrap) => {
    const answer = await post(path, wrap(deep(20_000)));
    expect(answer.status, await answer.text()).toBeLessThan(300);
    const { records } = await json<{ records: object[] }>(ask("/api/logs?service=deep&from=0&limit=1"));
    expect(JSON.stringify(records).length).toBeLessThan(150_000);
  });

  it("an OTLP value 20,000 levels deep is refused or cut, in JSON and protobuf", async () => {
    const value = `${'{"arrayValue":{"values":['.repeat(20_000)}{"stringValue":"x"}${"]}}".repeat(20_000)}`;
    const body = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${value}}]}]}]}`;
    expect((await post("/otlp/v1/logs", body, { "Content-Type": "application/json" })).status).toBeLessThan(500);
    expect(
      (await post("/otlp/v1/logs", nestedProtobuf(20_000), { "Content-Type": "application/x-protobuf" })).status,
    ).toBeLessThan(500);
  });

  it("keeps 256 attributes of 10,000, and says that it cut", async () => {
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`name_${at}`, at]));
    await json(post("/ingest/wide", JSON.stringify(wide)));
    const { records } = await json<{ records: { attrs: object; flags: string[] }[] }>(
      ask("/api/logs?service=wide&from=0"),
    );
    expect(Object.keys(records[0]!.attrs).length).toBeLessThanOrEqual(256);
    expect(records[0]!.flags).toContain("cut");
  });

  it("takes a name of 60,000 characters without keeping all of it in every answer", async () => {
    await json(post("/ingest/long-names", JSON.stringify({ ["n".repeat(60_000)]: 1, message: "x" })));
    expect((await (await ask("/api/logs?service=long-names&from=0")).text()).length).toBeLessThan(200_000);
  });
});

describe("API4: names without end", () => {
  const summaryBytes = async (service: string): Promise<number> => {
    await settled();
    const row = await bindings.DB.prepare(
      "SELECT max(length(summary)) AS bytes FROM summaries WHERE service_id = (SELECT id FROM services WHERE name = ?)",
    )
      .bind(service)
      .first<{ bytes: number }>();
    return row!.bytes;
  };

  it.each([
    ["paths", "many-paths", (at: number) => ({ path: `/p${at}/${at * 7}x${at}`, status: 200 })],
    ["addresses", "many-ips", (at: number) => ({ ip: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}` })],
    ["events", "many-events", (at: number) => ({ event: `event ${at}` })],
    ["hosts", "many-hosts", (at: number) => ({ host: `host-${at}` })],
    ["attribute names", "many-attributes", (at: number) => ({ [`attribute_${at}`]: at })],
    ["user agents", "many-agents", (at: number) => ({ user_agent: `agent/${at}.${at}` })],
    ["statuses", "many-statuses", (at: number) => ({ status: at })],
  ])("20,000 different %s make one summary of at most 64 KB", async (_name, service, record) => {
    const body = Array.from({ length: 20_000 }, (_, at) => JSON.stringify({ message: "x", ...record(at) })).join("\n");
    expect(await json(post(`/ingest/${service}`, body))).toMatchObject({ accepted: 20_000 });
    expect(await summaryBytes(service)).toBeLessThan(64_000);
  });

  it("a request may be for as many services as the limit says, and not one more", async () => {
    const streams = (count: number): object => ({
      streams: Array.from({ length: count }, (_, at) => ({
        stream: { service_name: `svc-${at}` },
        values: [["1795341600123456789", "x"]],
      })),
    });
    expect((await postJson("/loki/api/v1/push", streams(MAX_SERVICES_A_REQUEST + 1))).status).toBe(413);
    const { services } = await json<{ services: { name: string }[] }>(ask("/api/services"));
    expect(services.filter(({ name }) => name.startsWith("svc-"))).toEqual([]);
    expect((await postJson("/loki/api/v1/push", streams(MAX_SERVICES_A_REQUEST))).status).toBe(204);
  });
});

describe("API4 ASVS 2.4.1: a rate", () => {
  it("of beacons is limited for each visitor, and said so", async () => {
    const { key } = await makeKey("beacon", { origins: ["https://rate.test"] });
    const beacon = (ip: string): Promise<Response> =>
      post(`/beacon/rate?key=${key}`, "[]", { "X-No-Key": "1", Origin: "https://rate.test", "CF-Connecting-IP": ip });
    await windowWithTime(10_000);
    const ip = newAddress();
    for (let at = 0; at < VISITOR_LIMIT; at++) expect((await beacon(ip)).status).toBe(204);
    const past = await beacon(ip);
    expect(past.status).toBe(503);
    expect(Number(past.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await beacon(newAddress())).status).toBe(204);
  });
});

describe("API4: a socket", () => {
  it("takes no session name longer than 128 characters", async () => {
    const upgrade = (session: string): Promise<Response> =>
      ask(`/ingest/sessions?session=${session}`, { headers: { Upgrade: "websocket" } });
    const fits = await upgrade("s".repeat(128));
    expect(fits.status).toBe(101);
    fits.webSocket!.accept();
    fits.webSocket!.close();
    expect((await upgrade("s".repeat(129))).status).toBe(400);
  });

  it("ASVS 2.2.1: is closed at a binary frame", async () => {
    const sender = await openSocket("/ingest/binary-frames");
    sender.socket.send(new Uint8Array([1, 2, 3]));
    await sender.frame((frame) => "error" in frame);
    expect(sender.frames.at(-1)).toMatchObject({ error: { code: "invalid_request" } });
  });

  it("ASVS 7.4.1 8.3.2: is closed soon after its key was revoked", async () => {
    const { key, id } = await makeKey("ingest");
    const sender = await openSocket("/ingest/revoked-socket", bearer(key));
    sender.socket.send("one line");
    await sender.frame(({ ack }) => ack === 1);
    await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
    sender.socket.send("another line");
    expect(await sender.frame((frame) => "error" in frame)).toMatchObject({ error: { code: "unauthorized" } });
  });
});

it("API4: asks for no more records than the limit, whoever asks", async () => {
  expect((await ask("/api/logs?limit=5000")).status).toBe(200);
  expect((await ask("/api/logs?limit=5001")).status).toBe(400);
  const { key } = await makeKey("read");
  expect((await ask("/api/logs?limit=5001", { headers: bearer(key) })).status).toBe(400);
});

/** A log record whose body is an array in an array in an array. */
function nestedProtobuf(depth: number): Uint8Array {
  const lengthOf = (value: number): number[] =>
    value > 127 ? [(value & 127) | 128, ...lengthOf(value >>> 7)] : [value];
  const heads: number[][] = [];
  let size = 3;
  for (const field of [...Array.from({ length: depth }, () => [1, 5]).flat(), 5, 2, 2, 1]) {
    const head = [(field << 3) | 2, ...lengthOf(size)];
    heads.push(head);
    size += head.length;
  }
  return Uint8Array.from([...heads.reverse().flat(), 0x0a, 1, 0x78]);
}
