import { describe, expect, it } from "vitest";
import { forgetOldAudit } from "../../worker/auth/audit.ts";
import { ask, bindings, json, TOKEN } from "./ask.ts";
import { bearer, makeKey, postJson } from "./auth/make-key.ts";

interface Entry {
  id: number;
  time: string;
  actor: string;
  action: string;
  target: string;
  detail: Record<string, unknown>;
  requestId: string;
  ip: string | null;
}
interface Page {
  entries: Entry[];
  cursor: string | null;
}

const latest = async (): Promise<Entry> => (await json<Page>(ask("/api/audit?limit=1"))).entries[0]!;

describe("GET /api/audit", () => {
  it("tells who made which key, without the secret", async () => {
    const { key, id } = await makeKey("ingest", { services: ["web"] });
    const text = JSON.stringify(await latest());
    expect(await latest()).toMatchObject({
      actor: "admin token",
      action: "key.create",
      target: id,
      detail: { scope: "ingest", services: ["web"] },
    });
    expect(text).not.toContain(key);
    expect(text).not.toContain(TOKEN);
  });

  it("tells a key's rotation and its end", async () => {
    const { id } = await makeKey("ingest");
    const next = await json<{ id: string }>(postJson(`/api/keys/${id}/rotate`, {}));
    expect(await latest()).toMatchObject({ action: "key.rotate", target: id, detail: { successor: next.id } });
    await json(ask(`/api/keys/${id}`, { method: "DELETE" }));
    expect(await latest()).toMatchObject({ action: "key.revoke", target: id });
  });

  it("tells settings that were changed, by whom, from where, in which request", async () => {
    const { key, prefix } = await makeKey("admin");
    const answer = await ask("/api/services/audited", {
      method: "PUT",
      body: JSON.stringify({ hotDays: 3 }),
      headers: { ...bearer(key), "Content-Type": "application/json", "CF-Connecting-IP": "203.0.113.9" },
    });
    expect(answer.status).toBe(200);
    expect(await latest()).toMatchObject({
      actor: `key ${prefix} (a key of admin)`,
      action: "settings.change",
      target: "audited",
      detail: { settings: { hotDays: 3 } },
      requestId: answer.headers.get("X-Request-Id"),
      ip: "203.0.113.9",
    });
  });

  it("tells each SQL statement, whoever may run it", async () => {
    const { key } = await makeKey("read");
    await postJson("/api/sql", { sql: "SELECT 1 AS one" }, bearer(key));
    expect(await latest()).toMatchObject({ action: "sql.run", detail: { sql: "SELECT 1 AS one" } });
  });

  it("tells who signed in", async () => {
    await json(postJson("/api/session", { token: TOKEN }, { "X-No-Key": "1" }));
    expect(await latest()).toMatchObject({ actor: "admin token", action: "session.start" });
  });

  it("cuts a detail that is too long", async () => {
    await postJson("/api/sql", { sql: `SELECT '${"x".repeat(5_000)}' AS x` });
    const { action, detail } = await latest();
    expect(action).toBe("sql.run");
    expect((detail.cut as string).length).toBe(4_000);
  });

  it("says nothing of what was refused, and of what was only asked", async () => {
    const before = (await latest()).id;
    await ask("/api/services");
    await postJson("/api/keys", { name: "x", scope: "root" });
    await ask("/api/keys/none", { method: "DELETE" });
    expect((await latest()).id).toBe(before);
  });

  it("is read page by page, newest first", async () => {
    for (let at = 0; at < 5; at++) await makeKey("read");
    const first = await json<Page>(ask("/api/audit?limit=3"));
    const second = await json<Page>(ask(`/api/audit?limit=3&cursor=${first.cursor}`));
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(6);
    expect((await json<Page>(ask("/api/audit?limit=1000"))).cursor).toBeNull();
  });

  it.each(["limit=0", "limit=1001", "cursor=x", "cursor=-1"])("refuses ?%s", async (query) => {
    expect((await ask(`/api/audit?${query}`)).status).toBe(400);
  });

  it("is kept for 400 days, then forgotten", async () => {
    const insert =
      "INSERT INTO audit (at_ms, actor, action, target, detail, request_id) VALUES (?, 'a', ?, 'c', '{}', 'd')";
    const [old, young] = [402, 399].map((days) => Date.now() - days * 86_400_000);
    await bindings.CONTROL.batch([
      bindings.CONTROL.prepare(insert).bind(old, "old.deed"),
      bindings.CONTROL.prepare(insert).bind(young, "young.deed"),
    ]);
    await forgetOldAudit(bindings, Date.now());
    const text = await (await ask("/api/audit?limit=1000")).text();
    expect(text).toContain("young.deed");
    expect(text).not.toContain("old.deed");
  });

  it("cannot be changed, by no route", async () => {
    const headers = { "Content-Type": "application/json" };
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect(
        (await ask("/api/audit", { method, headers, ...(method === "DELETE" ? {} : { body: "{}" }) })).status,
      ).toBe(405);
    await expect(bindings.CONTROL.prepare("DELETE FROM audit").run()).rejects.toThrow("append-only");
  });
});
