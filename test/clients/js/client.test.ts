import { describe, expect, it } from "vitest";
import { createClient } from "../../../clients/js/client.ts";
import type { BatchOutcome, ClientOptions } from "../../../clients/js/options.ts";

interface Seen {
  key: string;
  lines: string[];
  headers: Headers;
}

/** A server of one function: `answer` says what each request gets, in the order in which they come. */
function sender(options: Partial<ClientOptions>, answer: (request: number) => Response | Promise<Response> = accept) {
  const seen: Seen[] = [];
  const outcomes: BatchOutcome[] = [];
  const fetchOnce: typeof fetch = async (_address, init) => {
    const headers = new Headers(init?.headers);
    seen.push({ key: headers.get("idempotency-key")!, lines: String(init?.body).split("\n"), headers });
    return answer(seen.length);
  };
  const onBatch = (outcome: BatchOutcome) => outcomes.push(outcome);
  const client = createClient({ url: "http://weir.test/", service: "a b", fetch: fetchOnce, onBatch, ...options });
  return { client, seen, outcomes };
}

const accept = () => Response.json({ accepted: 1, dropped: {}, refused: [] });
const fail = (status: number, headers = {}) =>
  Response.json({ error: { code: "broken", message: "it broke" } }, { status, headers });

describe("createClient gathers", () => {
  it("a batch by count, in order", async () => {
    const { client, seen } = sender({ batchLines: 3, maxAgeMs: 60_000 });
    for (const line of ["a", "b", "c", "d", "e"]) void client.send(line);
    await client.flush();
    expect(seen.map(({ lines }) => lines)).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  it("a batch by size", async () => {
    const { client, seen } = sender({ batchChars: 10 });
    for (const line of ["123456", "1234", "x"]) void client.send(line);
    await client.flush();
    expect(seen.map(({ lines }) => lines.length)).toEqual([2, 1]);
  });

  it("a batch by age", async () => {
    const { client, seen } = sender({ maxAgeMs: 5 });
    await client.send("alone");
    await expect.poll(() => seen.length).toBe(1);
  });

  it("objects and text of several lines as one JSON line each, and nothing for blank lines", async () => {
    const { client, seen } = sender({});
    for (const item of ["plain\n", { level: "info", n: 1 }, "Error: x\n  at y", "  ", ""]) void client.send(item);
    await client.flush();
    expect(seen[0]!.lines).toEqual(["plain", '{"level":"info","n":1}', '{"message":"Error: x\\n  at y"}']);
  });

  it("larger batches while its connections are busy", async () => {
    const gate = Promise.withResolvers<void>();
    const { client, seen } = sender({ maxAgeMs: 1 }, async () => {
      await gate.promise;
      return accept();
    });
    await client.send("first");
    await expect.poll(() => seen.length).toBe(1);
    for (const line of ["b", "c", "d"]) {
      await client.send(line);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    gate.resolve();
    await client.flush();
    expect(seen.map(({ lines }) => lines.length)).toEqual([1, 3]);
  });
});

describe("createClient retries", () => {
  it.each([503, 429, 500, 408])("after %i, with the same key", async (status) => {
    const { client, seen, outcomes } = sender({}, (n) => (n < 3 ? fail(status) : accept()));
    await client.send("a");
    await client.flush();
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
    expect(outcomes).toMatchObject([{ attempts: 3, answer: { accepted: 1 } }]);
  });

  it("after a broken connection", async () => {
    const { client, outcomes } = sender({}, (n) => {
      if (n === 1) throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      return accept();
    });
    await client.send("a");
    await client.flush();
    expect(outcomes).toMatchObject([{ attempts: 2 }]);
  });

  it("gives every batch its own key", async () => {
    const { client, seen } = sender({ batchLines: 1 });
    for (const line of ["a", "b", "c"]) void client.send(line);
    await client.flush();
    expect(new Set(seen.map(({ key }) => key)).size).toBe(3);
  });

  it("until its time is over, and then says why", async () => {
    const { client, outcomes } = sender({ retryForMs: 0 }, () => fail(503));
    await client.send("a");
    await client.flush();
    expect(outcomes).toMatchObject([{ lines: ["a"], error: { status: 503, code: "broken" } }]);
  });

  it.each([400, 401, 403, 413])("never after %i", async (status) => {
    const { client, seen, outcomes } = sender({}, () => fail(status));
    await client.send("a");
    await client.flush();
    expect(seen).toHaveLength(1);
    expect(outcomes).toMatchObject([{ error: { status, message: "it broke" } }]);
  });
});

describe("createClient", () => {
  it("makes the caller wait while too many lines are not acknowledged", async () => {
    const gate = Promise.withResolvers<void>();
    const { client } = sender({ batchLines: 2, maxPendingLines: 2 }, async () => {
      await gate.promise;
      return accept();
    });
    await client.send("a");
    let released = false;
    const second = client.send("b").then(() => {
      released = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(released).toBe(false);
    gate.resolve();
    await second;
    expect(released).toBe(true);
  });

  it("has at most so many batches on their way", async () => {
    let now = 0;
    let most = 0;
    const { client } = sender({ batchLines: 1, connections: 3 }, async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now--;
      return accept();
    });
    for (let i = 0; i < 12; i++) void client.send(`${i}`);
    await client.flush();
    expect(most).toBe(3);
  });

  it("sends the key and names the service in the address", async () => {
    let address = "";
    const { client, seen } = sender({ token: "secret" });
    const named = createClient({
      url: "http://weir.test/",
      service: "a b",
      fetch: async (to) => {
        address = String(to);
        return accept();
      },
    });
    await client.send("x");
    await named.send("x");
    await Promise.all([client.flush(), named.flush()]);
    expect(seen[0]!.headers.get("authorization")).toBe("Bearer secret");
    expect(address).toBe("http://weir.test/ingest/a%20b");
  });
});
