import { describe, expect, it } from "vitest";
import { readLink, signLink } from "../../worker/links/signed-link.ts";
import { ask, json, post, settled, TOKEN } from "./ask.ts";

interface Made {
  path: string;
  url: string;
  expires: string;
}

const make = (more: object, headers: Record<string, string> = {}) =>
  post("/api/links", JSON.stringify({ service: "linked", from: "0", ...more }), {
    "Content-Type": "application/json",
    ...headers,
  });
const NO_KEY = { headers: { "X-No-Key": "1" } };

describe("a link", () => {
  it("answers its one export without a key, in every format", async () => {
    await json(
      post("/ingest/linked", '{"level":"info","msg":"one","path":"/a"}\n{"level":"error","msg":"two","path":"/b"}'),
    );
    await settled();
    const { path } = await json<Made>(make({ columns: "level,message", format: "csv" }));
    const answer = await ask(path, NO_KEY);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toContain("text/csv");
    expect((await answer.text()).trim().split(/\r?\n/)).toEqual(["level,message", "info,one", "error,two"]);

    const filtered = await json<Made>(make({ q: "level:error", format: "ndjson" }));
    expect((await (await ask(filtered.path, NO_KEY)).text()).trimEnd().split("\n")).toHaveLength(1);

    const parquet = await json<Made>(make({ format: "parquet" }));
    const bytes = new Uint8Array(await (await ask(parquet.path, NO_KEY)).arrayBuffer());
    expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe("PAR1");
  });

  it("opens nothing else", async () => {
    const { path } = await json<Made>(make({}));
    const token = path.split("/")[2]!;
    for (const other of [`/api/logs?key=${token}`, "/api/export?service=linked"])
      expect((await ask(other, NO_KEY)).status).toBe(401);
    // Its question is in the signed part: what is asked beside it changes nothing.
    expect((await (await ask(`${path}?service=web&format=ndjson`, NO_KEY)).text()).startsWith("{")).toBe(false);
  });

  it("is written down in the audit, made and opened", async () => {
    const { path } = await json<Made>(make({}));
    await (await ask(path, NO_KEY)).text();
    const { entries } = await json<{ entries: { action: string; actor: string }[] }>(ask("/api/audit?limit=5"));
    expect(entries.map(({ action, actor }) => `${action} by ${actor}`)).toEqual(
      expect.arrayContaining(["link.create by admin token", "export.run by a link"]),
    );
  });

  it("ends with the key that made it", async () => {
    const body = JSON.stringify({ name: "links", scope: "admin" });
    const { key, id } = await json<{ key: string; id: string }>(
      post("/api/keys", body, { "Content-Type": "application/json" }),
    );
    const { path } = await json<Made>(make({}, { Authorization: `Bearer ${key}` }));
    const opened = await ask(path, NO_KEY);
    expect(opened.status).toBe(200);
    await opened.text();
    await (await ask(`/api/keys/${id}`, { method: "DELETE" })).text();
    expect((await ask(path, NO_KEY)).status).toBe(401);
  });
});

describe("GET /link refuses", () => {
  const LINK = { query: "service=linked&from=0&format=csv", expiresMs: Date.now() + 60_000 };

  it.each([
    ["an ended one", () => signLink(TOKEN, { ...LINK, expiresMs: Date.now() - 1 })],
    ["one signed by another secret", () => signLink("another", LINK)],
    [
      "a changed question",
      async () => {
        const [, signature] = (await signLink(TOKEN, LINK)).split(".");
        const [text] = (await signLink("another", { ...LINK, query: "from=0" })).split(".");
        return `${text}.${signature}`;
      },
    ],
    ["one without a signature", async () => (await signLink(TOKEN, LINK)).split(".")[0]!],
    ["words", async () => "let-me-in"],
    ["the admin token", async () => TOKEN],
  ])("%s", async (_name, token) => {
    const answer = await ask(`/link/${await token()}/web.csv`, NO_KEY);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: "unauthorized" } });
  });

  it("and reads what it signed", async () => {
    expect(await readLink(TOKEN, await signLink(TOKEN, { ...LINK, keyId: "k" }))).toEqual({ ...LINK, keyId: "k" });
  });
});

describe("POST /api/links refuses", () => {
  it.each([
    ["59 seconds", { expiresSeconds: 59 }],
    ["91 days", { expiresSeconds: 91 * 86_400 }],
    ["a backwards range", { from: "now", to: "-1h" }],
    ["a filter that breaks off", { q: "status:>=" }],
    ["another format", { format: "xlsx" }],
  ])("%s", async (_name, more) => {
    expect((await make(more)).status).toBe(400);
  });

  it("nothing at its limits", async () => {
    for (const expiresSeconds of [60, 90 * 86_400]) expect((await make({ expiresSeconds })).status).toBe(201);
  });
});
