import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ForwardMessage } from "../../core/forward/forward.ts";
import { onDeadForwards, onForwards } from "../../worker/forward/on-forwards.ts";
import { ask, bindings, json, post, settled } from "./ask.ts";

const TARGET = "https://logs.example.net/push?token=secret-in-address";
const SECRET = "Bearer of-the-other-side";

interface Shown {
  id: string;
  url: string;
  headers: Record<string, string>;
}

const create = (service: string, more: object = {}) =>
  json<Shown>(
    post(
      "/api/forwards",
      JSON.stringify({ service, kind: "http", url: TARGET, headers: { Authorization: SECRET }, ...more }),
      {
        "Content-Type": "application/json",
      },
    ),
  );

interface Arrived {
  headers: Headers;
  text: string;
}

/** What arrives on the other side of a service, which answers as told; everything else goes where it would. */
function otherSide(service: string, answer: () => Response): Arrived[] {
  const real = globalThis.fetch;
  const seen: Arrived[] = [];
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    if (new URL(request.url).hostname !== "logs.example.net") return real(input, init);
    // Read here: a body belongs to the event that made it.
    const arrived = { headers: request.headers, text: await request.text() };
    if (arrived.headers.get("Idempotency-Key")?.includes(`/${service}/`)) seen.push(arrived);
    return answer();
  });
  return seen;
}

afterEach(() => vi.unstubAllGlobals());

const line = (n: number) => JSON.stringify({ level: n % 2 ? "error" : "info", msg: `order ${n}` });

/** The packs that the service's stream holds, as the queue would carry them. */
async function messageOf(service: string, forwardId: string): Promise<ForwardMessage> {
  const { packs } = await bindings.STREAMS.getByName(`${service}/0`).unconfirmed(0, Number.MAX_SAFE_INTEGER, 1);
  const { firstSeq, count, body } = packs[0]!;
  return { forwardId, service, shard: 0, firstSeq, count, body: new Uint8Array(body) };
}

async function deliver(message: ForwardMessage, handler = onForwards) {
  const batch = createMessageBatch<ForwardMessage>("weir-forwards", [
    { id: "1", timestamp: new Date(), attempts: 3, body: message },
  ]);
  await handler(batch, bindings);
  return getQueueResult(batch, createExecutionContext());
}

describe("POST /api/forwards", () => {
  it("shows neither a header's value nor the query of the address, then or later", async () => {
    const made = await create("hidden");
    expect(made).toMatchObject({ url: "https://logs.example.net/push?…", headers: { Authorization: "…" } });
    const text = await (await ask("/api/forwards")).text();
    expect(text).toContain(made.id);
    expect(text).not.toMatch(/of-the-other-side|secret-in-address/);
    const audited = await (await ask("/api/audit?limit=20")).text();
    expect(audited).toContain("forward.create");
    expect(audited).not.toMatch(/of-the-other-side|secret-in-address/);
  });

  it.each([
    ["a private address", { url: "https://169.254.169.254/" }, "invalid_request"],
    ["plain http", { url: "http://logs.example.net/" }, "invalid_request"],
    ["a filter that breaks off", { q: "status:>=" }, "invalid_filter"],
    ["a name that is none", { service: "A B" }, "invalid_service"],
  ])("refuses %s", async (_name, more, code) => {
    const body = JSON.stringify({ service: "web", kind: "http", url: TARGET, ...more });
    const answer = await post("/api/forwards", body, { "Content-Type": "application/json" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });
});

describe("a service's records", () => {
  it("go out by themselves, once each, with the other side's own key", async () => {
    const seen = otherSide("sent", () => new Response(null, { status: 204 }));
    await create("sent");
    await json(post("/ingest/sent", [0, 1, 2, 3].map(line).join("\n")));
    await settled();
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 15_000, interval: 100 });
    expect(seen[0]!.headers.get("Authorization")).toBe(SECRET);
    expect(seen[0]!.headers.get("Idempotency-Key")).toMatch(/^weir\/.+\/sent\/0\/1$/);
    const records = seen[0]!.text
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(records.map(({ message }: { message: string }) => message)).toEqual([
      "order 0",
      "order 1",
      "order 2",
      "order 3",
    ]);
  });
});

describe("onForwards", () => {
  const SERVICES = [
    ...["filtered", "unmatched", "again-is-busy", "again-is-broken", "again-is-away"],
    ...["dead-refuses", "dead-leads-elsewhere", "given-up", "ended"],
  ];
  const sent = new Map<string, ForwardMessage>();

  // Sent before the forwards are made: nothing is on its way but what a test says.
  beforeAll(async () => {
    for (const service of SERVICES) {
      await json(post(`/ingest/${service}`, [0, 1, 2].map(line).join("\n")));
      sent.set(service, await messageOf(service, ""));
    }
    await settled();
  });

  const prepared = async (service: string, more: object = {}): Promise<ForwardMessage> => {
    const { id } = await create(service, more);
    return { ...sent.get(service)!, forwardId: id };
  };

  it("sends only what matches the filter", async () => {
    const seen = otherSide("filtered", () => new Response("ok"));
    const message = await prepared("filtered", { q: "level:error" });
    expect((await deliver(message)).explicitAcks).toEqual(["1"]);
    expect(seen[0]!.text.trimEnd().split("\n")).toHaveLength(1);
  });

  it("asks nobody where nothing matches", async () => {
    const seen = otherSide("unmatched", () => new Response("ok"));
    expect((await deliver(await prepared("unmatched", { q: "level:fatal" }))).explicitAcks).toEqual(["1"]);
    expect(seen).toEqual([]);
  });

  it.each([
    ["is busy", () => new Response("slow down", { status: 429 })],
    ["is broken", () => new Response("oops", { status: 502 })],
    [
      "is away",
      (): Response => {
        throw new TypeError("connection refused");
      },
    ],
  ])("tries again later where the other side %s", async (name, answer) => {
    const service = `again-${name.replaceAll(" ", "-")}`;
    otherSide(service, answer);
    const { explicitAcks, retryMessages } = await deliver(await prepared(service));
    expect(explicitAcks).toEqual([]);
    expect(retryMessages).toEqual([expect.objectContaining({ msgId: "1" })]);
  });

  it.each([
    ["refuses", 401],
    ["leads elsewhere", 302],
  ])("leaves a dead letter where the other side %s, which can be sent again", async (name, status) => {
    const service = `dead-${name.replaceAll(" ", "-")}`;
    const seen = otherSide(
      service,
      () => new Response("nothing of this is shown", { status, headers: { Location: "https://127.0.0.1/" } }),
    );
    const message = await prepared(service);
    expect((await deliver(message)).explicitAcks).toEqual(["1"]);
    expect(seen).toHaveLength(1);
    const path = `/api/forwards/${message.forwardId}`;
    const { dead } = await json<{ dead: object[] }>(ask(`${path}/dead-letters`));
    expect(dead).toEqual([
      {
        service: message.service,
        shard: 0,
        firstSeq: 1,
        count: 3,
        reason: `HTTP ${status}`,
        failed: expect.any(String),
      },
    ]);

    vi.unstubAllGlobals();
    const again = otherSide(service, () => new Response("ok"));
    expect(await json(post(`${path}/replay`, ""))).toEqual({ replayed: 1 });
    await vi.waitFor(() => expect(again).toHaveLength(1), { timeout: 15_000, interval: 100 });
    expect(await json(ask(`${path}/dead-letters`))).toEqual({ dead: [] });
  });

  it("keeps what the queue gave up on", async () => {
    const message = await prepared("given-up");
    await deliver(message, onDeadForwards);
    const { dead } = await json<{ dead: object[] }>(ask(`/api/forwards/${message.forwardId}/dead-letters`));
    expect(dead).toEqual([expect.objectContaining({ reason: "not taken in any try", count: 3 })]);
  });

  it("lets go of what was on its way when the forward ended", async () => {
    const seen = otherSide("ended", () => new Response("ok"));
    const message = await prepared("ended");
    expect((await ask(`/api/forwards/${message.forwardId}`, { method: "DELETE" })).status).toBe(204);
    expect((await deliver(message)).explicitAcks).toEqual(["1"]);
    expect(seen).toEqual([]);
    expect((await ask(`/api/forwards/${message.forwardId}/dead-letters`)).status).toBe(404);
  });
});

it("forgets people in what it could not send; what is left keeps its place", async () => {
  const { id } = await create("dead-person");
  await json(post("/ingest/dead-person", [1, 2, 3, 4, 5].map(line).join("\n")));
  const message = await messageOf("dead-person", id);
  await deliver(message, onDeadForwards);
  await settled();
  const asked = { service: "dead-person", q: '"order 2" OR "order 3"', reason: "request 9" };
  const forget = () =>
    json<{ services: object[] }>(post("/api/forget", JSON.stringify(asked), { "Content-Type": "application/json" }));
  expect((await forget()).services[0]).toMatchObject({ deadForwards: 2 });
  const path = `/api/forwards/${id}/dead-letters`;
  const { dead } = await json<{ dead: object[] }>(ask(path));
  expect(dead).toEqual([
    expect.objectContaining({ firstSeq: 1, count: 1, reason: "not taken in any try" }),
    expect.objectContaining({ firstSeq: 4, count: 2, reason: "not taken in any try" }),
  ]);
  const seen = otherSide("dead-person", () => new Response("ok"));
  for (const { key } of (await bindings.ARCHIVE.list({ prefix: `forwards-dead/${id}/` })).objects) {
    const body = new Uint8Array(await (await bindings.ARCHIVE.get(key))!.arrayBuffer());
    await deliver({ ...message, firstSeq: Number(key.split("/").at(-1)), body });
  }
  const sent = seen.flatMap(({ text }) => text.trim().split("\n")).map((text) => JSON.parse(text));
  expect(sent.map(({ seq, message: told }) => [seq, told])).toEqual([
    [1, "order 1"],
    [4, "order 4"],
    [5, "order 5"],
  ]);
  expect((await forget()).services[0]).toMatchObject({ deadForwards: 0 });
});
