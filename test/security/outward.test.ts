import { describe, expect, it } from "vitest";
import { ask, json, post } from "../worker/ask.ts";
import { bearer, makeKey, postJson } from "../worker/auth/make-key.ts";
import { nobody } from "./attack.ts";

describe("API7 ASVS 1.3.6: a forward to an address inside", () => {
  it.each([
    "http://example.com/",
    "https://localhost/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.5.4/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://metadata.google.internal/",
    "https://printer.local/",
    "https://intranet/",
    "https://localhost./",
    "https://user:secret@example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https:///",
    "",
  ])("is refused: %s", async (url) => {
    const answer = await postJson("/api/forwards", { service: "web", kind: "http", url });
    expect(answer.status, await answer.clone().text()).toBe(400);
    const { forwards } = await json<{ forwards: object[] }>(ask("/api/forwards"));
    expect(forwards).toEqual([]);
  });

  it("ASVS 14.2.6: shows no header's value and no secret of an address, in no answer and no audit", async () => {
    const secret = "very-secret-value";
    const made = await postJson("/api/forwards", {
      service: "web",
      kind: "http",
      url: `https://logs.example.net/in?token=${secret}`,
      headers: { Authorization: `Bearer ${secret}` },
    });
    expect(made.status).toBe(201);
    const { id } = (await made.clone().json()) as { id: string };
    const shown = [made, await ask("/api/forwards"), await ask("/api/audit")];
    for (const answer of shown) expect(await answer.text()).not.toContain(secret);
    await ask(`/api/forwards/${id}`, { method: "DELETE" });
  });

  it("API5 ASVS 8.2.1: is no reader's to make or to see", async () => {
    const { key } = await makeKey("read");
    const body = { service: "web", kind: "http", url: "https://logs.example.net/" };
    expect((await postJson("/api/forwards", body, bearer(key))).status).toBe(403);
    expect((await ask("/api/forwards", { headers: bearer(key) })).status).toBe(403);
  });

  it.each(["Host", "Content-Length", "Transfer-Encoding", "Cookie", "CF-Connecting-IP"])(
    "ASVS 4.2.2: sets no header %s",
    async (name) => {
      const body = { service: "web", kind: "http", url: "https://logs.example.net/", headers: { [name]: "x" } };
      expect((await postJson("/api/forwards", body)).status).toBe(400);
    },
  );

  it("ASVS 1.2.1: sets no header with a line break", async () => {
    const body = { service: "web", kind: "http", url: "https://logs.example.net/", headers: { "X-A": "a\r\nX-B: b" } };
    expect((await postJson("/api/forwards", body)).status).toBe(400);
  });
});

describe("API2 ASVS 9.1.1 9.1.2: a link", () => {
  const make = async (headers: Record<string, string> = {}): Promise<{ path: string; token: string }> => {
    await json(post("/ingest/linked", '{"message":"x"}'));
    return json(postJson("/api/links", { service: "linked", from: "0", format: "csv", expiresSeconds: 60 }, headers));
  };

  it("opens its own export", async () => {
    expect((await nobody((await make()).path)).status).toBe(200);
  });

  it.each<[string, (token: string) => string]>([
    ["a changed signature", (token) => `${token.slice(0, -2)}AA`],
    ["no signature", (token) => token.split(".")[0]!],
    ["an empty signature", (token) => `${token.split(".")[0]}.`],
    [
      "another question under its signature",
      (token) => `${btoa('["service=other&from=0",9999999999999,null]').replaceAll("=", "")}.${token.split(".")[1]}`,
    ],
    ["nothing", () => "x"],
    ["dots", () => "..."],
    ["a JSON Web Token without algorithm", () => `${btoa('{"alg":"none"}')}.${btoa("{}")}.`],
  ])("with %s opens nothing", async (_name, changed) => {
    const { token } = await make();
    const answer = await nobody(`/link/${changed(token)}/linked.csv`);
    expect([401, 404]).toContain(answer.status);
  });

  it("asks nothing else, whatever is put behind it", async () => {
    const { path } = await make();
    await json(post("/ingest/secret", '{"message":"hidden-text"}'));
    for (const more of [
      "?service=secret",
      "?service=secret&q=hidden-text",
      "/../../../api/services",
      "?format=ndjson&service=secret",
    ])
      expect(await (await nobody(path + more)).text()).not.toContain("hidden-text");
  });

  it("ASVS 8.3.2: ends with the key that made it", async () => {
    const { key, id } = await makeKey("admin");
    const { path } = await make(bearer(key));
    expect((await nobody(path)).status).toBe(200);
    await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
    expect((await nobody(path)).status).toBe(401);
  });
});

describe("ASVS 1.2.10: an export for spreadsheets", () => {
  it.each([
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://evil.test","x")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
  ])("holds no formula: %j", async (text) => {
    const service = `csv-${[...text]
      .map((char) => char.codePointAt(0)!.toString(36))
      .join("")
      .slice(0, 40)}`;
    await json(post(`/ingest/${service}`, JSON.stringify({ message: text })));
    const csv = await (await ask(`/api/export?service=${service}&from=0&format=csv&columns=message`)).text();
    const cell = csv.split("\r\n")[1]!.replace(/^"/, "");
    expect(cell).not.toMatch(/^[=+\-@\t]/);
  });

  it("ASVS 5.4.1 5.4.2: has a name that is ours, and is saved, not shown", async () => {
    const answer = await ask("/api/export?service=linked&from=0&format=csv");
    expect(answer.headers.get("Content-Disposition")).toMatch(
      /^attachment; filename="weir-[a-z0-9._-]+-\d{8}T\d{6}Z\.csv"$/,
    );
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    await answer.body?.cancel();
  });

  it("ASVS 16.4.1: holds no control characters that a terminal would obey", async () => {
    await json(post("/ingest/terminal", JSON.stringify({ message: "a\u001b]0;title\u0007b\u009b31mc\u0000d\re" })));
    for (const format of ["csv", "ndjson"]) {
      const text = await (await ask(`/api/export?service=terminal&from=0&format=${format}`)).text();
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
    }
  });
});

describe("ASVS 16.2.1 16.3.3: the audit", () => {
  interface Entry {
    action: string;
    actor: string;
    target: string;
  }
  const latest = async (): Promise<Entry> => (await json<{ entries: Entry[] }>(ask("/api/audit?limit=1"))).entries[0]!;

  it("ASVS 16.3.2: knows every export, and who made it", async () => {
    const { key, prefix } = await makeKey("read");
    const answer = await ask("/api/export?service=audited&from=0&format=csv", { headers: bearer(key) });
    await answer.body?.cancel();
    expect(await latest()).toMatchObject({
      action: "export.run",
      target: "audited",
      actor: expect.stringContaining(prefix),
    });
  });

  it.each([
    ["POST", "/api/views", { kind: "sql", name: "x", value: {} }],
    ["POST", "/api/links", { service: "web", expiresSeconds: 60 }],
    ["POST", "/api/keys", { name: "x", scope: "read" }],
    ["PUT", "/api/services/web", {}],
    ["POST", "/api/sql", { sql: "SELECT 1" }],
    ["POST", "/api/forwards", { service: "web", kind: "http", url: "https://logs.example.net/" }],
  ])("knows %s %s", async (method, path, body) => {
    const before = JSON.stringify(await latest());
    const answer = await ask(path, {
      method,
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json" },
    });
    expect(answer.status, await answer.text()).toBeLessThan(300);
    expect(JSON.stringify(await latest())).not.toBe(before);
  });
});
