import { describe, expect, it } from "vitest";
import { MAX_ANNOTATIONS } from "../../worker/annotations/annotation-rows.ts";
import { ask, bindings, json, post } from "./ask.ts";

interface Annotation {
  id: string;
  time: string;
  kind: string;
  title: string;
  service: string | null;
  url: string | null;
  createdBy: string;
}

const JSON_TYPE = { "Content-Type": "application/json" };
const mark = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  post("/api/annotations", JSON.stringify(body), { ...JSON_TYPE, ...headers });
const listed = async (query: string): Promise<Annotation[]> =>
  (await json<{ annotations: Annotation[] }>(ask(`/api/annotations?${query}`))).annotations;
const titles = async (query: string): Promise<string[]> => (await listed(query)).map(({ title }) => title);

const DEPLOY = { kind: "deploy", title: "web 4.12.0", time: "2026-11-22T10:00:00Z", service: "web" };

async function readKey(): Promise<string> {
  const { key } = await json<{ key: string }>(
    post("/api/keys", JSON.stringify({ name: "reads marks", scope: "read" }), JSON_TYPE),
  );
  return key;
}

describe("/api/annotations", () => {
  it("marks, shows and forgets, and each change is in the audit", async () => {
    const response = await mark({ ...DEPLOY, url: "https://git.example/web" });
    expect(response.status).toBe(201);
    const made = (await response.json()) as Annotation;
    expect(made).toMatchObject({ ...DEPLOY, time: "2026-11-22T10:00:00.000Z", createdBy: "admin token" });
    expect(await listed("from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:01Z")).toEqual([made]);
    expect(await json(ask(`/api/annotations/${made.id}`, { method: "DELETE" }))).toEqual({
      id: made.id,
      deleted: true,
    });
    expect(await listed("service=web")).toEqual([]);
    expect((await ask(`/api/annotations/${made.id}`, { method: "DELETE" })).status).toBe(404);
    const { entries } = await json<{ entries: { action: string; target: string }[] }>(ask("/api/audit?limit=2"));
    expect(entries).toMatchObject([
      { action: "annotation.delete", target: "web" },
      { action: "annotation.create", target: "web" },
    ]);
  });

  it("lists those of a service with those of all, the newest first, within a half-open range", async () => {
    await json(mark({ title: "first", time: Date.UTC(2026, 0, 1), service: "listed" }));
    await json(mark({ kind: "note", title: "everywhere", time: Date.UTC(2026, 0, 2) }));
    await json(mark({ kind: "alert", title: "another's", time: Date.UTC(2026, 0, 3), service: "other" }));
    expect(await titles("service=listed")).toEqual(["everywhere", "first"]);
    expect(await titles("service=listed&from=2026-01-01&to=2026-01-02")).toEqual(["first"]);
    expect(await titles("from=2026-01-01&to=2026-01-04&limit=2")).toEqual(["another's", "everywhere"]);
    expect(await listed("service=other&from=2026-01-03&to=2026-01-04")).toMatchObject([{ kind: "alert", url: null }]);
  });

  it("takes a mark without a time as one of now", async () => {
    const beforeMs = Date.now();
    const { time, kind, service } = await json<Annotation>(mark({ title: "now" }));
    expect(Date.parse(time)).toBeGreaterThanOrEqual(beforeMs);
    expect({ kind, service }).toEqual({ kind: "deploy", service: null });
  });

  it("takes a title of 200 characters", async () => {
    expect((await mark({ title: "x".repeat(200) })).status).toBe(201);
  });

  it.each([
    ["no title", { title: " " }],
    ["a title that is too long", { title: "x".repeat(201) }],
    ["a kind that is none", { title: "x", kind: "party" }],
    ["a time that is none", { title: "x", time: "yesterday" }],
    ["an address that a browser would run", { title: "x", url: "javascript:alert(1)" }],
    ["something else", { title: "x", id: "mine" }],
  ])("refuses %s", async (_name, body) => {
    const answer = await mark(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request" } });
  });

  it("refuses the name of a service that can be none", async () => {
    expect(await (await mark({ title: "x", service: "No Name" })).json()).toMatchObject({
      error: { code: "invalid_service" },
    });
  });

  it("shows them to a key of scope read, which marks none", async () => {
    const headers = { Authorization: `Bearer ${await readKey()}` };
    expect((await ask("/api/annotations", { headers })).status).toBe(200);
    expect((await mark(DEPLOY, headers)).status).toBe(403);
  });

  it("keeps as many as there may be; one more, and the oldest is gone", async () => {
    await bindings.CONTROL.prepare("DELETE FROM annotations").run();
    const insert = `INSERT INTO annotations SELECT 'full' || value, value, 'note', 'mark ' || value, NULL, NULL, 'x' FROM json_each(?1)`;
    const numbers = Array.from({ length: MAX_ANNOTATIONS - 1 }, (_, n) => n);
    await bindings.CONTROL.prepare(insert).bind(JSON.stringify(numbers)).run();
    const oldest = async () => (await titles("from=0&to=1"))[0];
    await json(mark({ title: "the last that fits" }));
    expect(await oldest()).toBe("mark 0");
    await json(mark({ title: "one more" }));
    expect(await oldest()).toBeUndefined();
    expect(await titles("from=1&to=2")).toEqual(["mark 1"]);
  });
});
