import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { accessLine, ask, json, post, settled } from "./ask.ts";

interface Stored {
  accepted: number;
  dropped: Record<string, number>;
  refused: { index: number; reason: string }[];
  batch: string;
  seq: { shard: number; first: number; last: number } | null;
  repeated?: true;
}

interface Logs {
  records: {
    seq: number;
    message: string;
    level?: string;
    source: string;
    path?: string;
    durationMs?: number;
    country?: string;
  }[];
  cursor?: string;
}

const LINES = [
  accessLine({ path: "/a" }),
  accessLine({ path: "/b", status: 404 }),
  accessLine({ path: "/c", status: 503 }),
];

describe("POST /ingest/:service", () => {
  it("stores lines, numbers them, and finds them at once", async () => {
    const stored = await json<Stored>(post("/ingest/first", LINES.join("\n")));
    expect(stored).toMatchObject({ accepted: 3, dropped: {}, refused: [], seq: { shard: 0, first: 1, last: 3 } });
    const found = await json<Logs>(ask("/api/logs?service=first&from=0&order=oldest"));
    expect(found.records.map(({ path, level, source }) => [path, level, source])).toEqual([
      ["/a", "info", "memory"],
      ["/b", "warn", "memory"],
      ["/c", "error", "memory"],
    ]);
  });

  it("has them in the database soon, once each, and answers the same", async () => {
    await json(post("/ingest/soon", LINES.join("\n")));
    const before = await json<Logs>(ask("/api/logs?service=soon&from=0"));
    await settled();
    const after = await json<Logs>(ask("/api/logs?service=soon&from=0"));
    expect(after.records.every(({ source }) => source === "database")).toBe(true);
    expect(after.records.map((record) => ({ ...record, source: "" }))).toEqual(
      before.records.map((record) => ({ ...record, source: "" })),
    );
  });

  it.each([
    ["gzip", gzipSync],
    ["zlib", deflateSync],
    ["zstd", zstdCompressSync],
  ])("reads a body in %s, whatever its headers claim", async (name, compress) => {
    const body = compress(new TextEncoder().encode(LINES.join("\n")));
    const stored = await json<Stored>(
      post(`/ingest/packed-${name}`, body as unknown as BodyInit, { "Content-Encoding": "br" }),
    );
    expect(stored.accepted).toBe(3);
  });

  it("continues the seqs of a service", async () => {
    await json(post("/ingest/seqs", LINES.join("\n")));
    const second = await json<Stored>(post("/ingest/seqs", LINES.slice(1).join("\n")));
    expect(second.seq).toEqual({ shard: 0, first: 4, last: 5 });
  });

  it("refuses the broken object among good ones, and keeps the good ones", async () => {
    const stored = await json<Stored>(
      post("/ingest/mixed", '{"message":"a"}\n{"message":\n{"message":"b"}\n', {
        "Content-Type": "application/x-ndjson",
      }),
    );
    expect(stored).toMatchObject({ accepted: 2, refused: [{ index: 1, reason: "invalid_json" }] });
  });

  it("counts a retry with the same Idempotency-Key once", async () => {
    const headers = { "Idempotency-Key": "batch-1" };
    const first = await json<Stored>(post("/ingest/retry", LINES.join("\n"), headers));
    const again = await json<Stored>(post("/ingest/retry", LINES.join("\n"), headers));
    expect(again).toEqual({ ...first, repeated: true });
    const other = await post("/ingest/retry", LINES[0]!, headers);
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ error: { code: "idempotency_conflict" } });
    expect((await json<Logs>(ask("/api/logs?service=retry&from=0"))).records).toHaveLength(3);
  });

  it("stores nothing on a dry run, and shows what it would", async () => {
    const dry = await json<{ records: { path: string }[]; recognised: string }>(
      post("/ingest/dry?dry=1", LINES.join("\n")),
    );
    expect(dry.recognised).toBe("combined");
    expect(dry.records.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
    expect((await json<Logs>(ask("/api/logs?service=dry&from=0"))).records).toEqual([]);
  });

  it("reads response times in the unit that the service has set", async () => {
    await json(
      ask("/api/services/timed", {
        method: "PUT",
        body: JSON.stringify({ durationUnit: "us" }),
        headers: { "Content-Type": "application/json" },
      }),
    );
    await json(post("/ingest/timed", accessLine({ tail: " 1500" })));
    const { records } = await json<Logs>(ask("/api/logs?service=timed&from=0"));
    expect(records[0]?.durationMs).toBe(1.5);
  });

  it("cuts a line of 100 KB, and says so", async () => {
    expect(await json<Stored>(post("/ingest/long", `${"x".repeat(100_000)}\nshort`))).toMatchObject({ accepted: 2 });
    const { records } = await json<{ records: object[] }>(ask("/api/logs?service=long&from=0&order=oldest"));
    expect(records).toMatchObject([{ flags: expect.arrayContaining(["cut"]) }, { message: "short" }]);
  });

  it("keeps lines of any age", async () => {
    const stored = await json<Stored>(
      post(
        "/ingest/aged",
        [accessLine({ time: "01/Aug/1995:00:00:01 -0400" }), accessLine({ time: "27/Dec/2037:12:00:00 +0100" })].join(
          "\n",
        ),
      ),
    );
    expect(stored.accepted).toBe(2);
  });
});

describe("POST /ingest/:service refuses", () => {
  it.each([
    ["no key", "/ingest/web", "x", { "X-No-Key": "1" }, 401, "unauthorized"],
    ["a wrong key", "/ingest/web", "x", { Authorization: "Bearer wrong" }, 401, "unauthorized"],
    ["a service name that is a path", "/ingest/..%2Fx", "x", {}, 400, "invalid_service"],
    ["a service name in capitals", "/ingest/WEB", "x", {}, 400, "invalid_service"],
    ["an empty body", "/ingest/web", "", {}, 400, "empty_body"],
    [
      "half a gzip",
      "/ingest/web",
      gzipSync(new TextEncoder().encode(LINES.join("\n"))).slice(0, 60),
      {},
      400,
      "invalid_encoding",
    ],
    ["a body over 10 MB", "/ingest/web", "x".repeat(10_000_001), {}, 413, "payload_too_large"],
    ["more than 20,000 lines", "/ingest/web", "x\n".repeat(20_001), {}, 413, "too_many_lines"],
    ["a binary body", "/ingest/web", new Uint8Array(3_000).map((_, at) => (at * 151) % 256), {}, 400, "binary_body"],
    ["an unknown route", "/ingested", "x", {}, 404, "not_found"],
  ])("%s", async (_name, path, body, headers, status, code) => {
    const answer = await post(path, body as BodyInit, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      error: { code, message: expect.any(String), requestId: expect.any(String) },
    });
  });

  it("nothing at its limits", async () => {
    expect((await json<Stored>(post("/ingest/limits", "x\n".repeat(20_000)))).accepted).toBe(20_000);
    expect((await json<Stored>(post("/ingest/limits", "y".repeat(10_000_000)))).accepted).toBe(1);
  });

  it("a bomb: 41 MB behind a few KB", async () => {
    const answer = await post("/ingest/web", gzipSync(new Uint8Array(41_000_000).fill(65)) as unknown as BodyInit);
    expect(answer.status).toBe(413);
  });
});
