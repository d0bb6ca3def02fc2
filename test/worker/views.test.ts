import { describe, expect, it } from "vitest";
import { MAX_VALUE_CHARS, MAX_VIEWS } from "../../worker/routes/views.ts";
import { ask, bindings, json, post } from "./ask.ts";

interface View {
  id: string;
  kind: string;
  name: string;
  value: Record<string, unknown>;
  created: string;
  updated: string;
  createdBy: string;
  link: string;
}

const JSON_TYPE = { "Content-Type": "application/json" };
const save = (body: unknown): Promise<Response> => post("/api/views", JSON.stringify(body), JSON_TYPE);
const change = (id: string, body: unknown): Promise<Response> =>
  ask(`/api/views/${id}`, { method: "PUT", body: JSON.stringify(body), headers: JSON_TYPE });

const errors = { kind: "sql", name: "Errors", value: { sql: "SELECT 1", chart: { x: "time" } } };

describe("/api/views", () => {
  it("saves, shows by its link's id, changes and forgets", async () => {
    const response = await save(errors);
    expect(response.status).toBe(201);
    const view = (await response.json()) as View;
    expect(view).toMatchObject({ ...errors, createdBy: "admin token" });
    expect(view.link).toBe(`http://weir.test/?view=${view.id}`);
    expect(view.id).toMatch(/^[A-Za-z0-9_-]{16}$/);
    expect(await json(ask(`/api/views/${view.id}`))).toEqual(view);

    const changed = await json<View>(change(view.id, { ...errors, name: " Failures ", value: {} }));
    expect(changed).toMatchObject({ id: view.id, name: "Failures", value: {}, created: view.created });
    expect(await json(ask(`/api/views/${view.id}`))).toEqual(changed);

    expect(await json(ask(`/api/views/${view.id}`, { method: "DELETE" }))).toEqual({ id: view.id, deleted: true });
    for (const gone of [
      ask(`/api/views/${view.id}`),
      change(view.id, errors),
      ask(`/api/views/${view.id}`, { method: "DELETE" }),
    ]) {
      const answer = await gone;
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: "not_found" } });
    }
  });

  it("lists all, or those of one kind, the latest changed first", async () => {
    const first = await json<View>(save({ ...errors, kind: "listed", name: "first" }));
    await json(save({ ...errors, kind: "listed", name: "second" }));
    await json(save({ ...errors, kind: "other", name: "third" }));
    await bindings.CONTROL.prepare("UPDATE saved_views SET updated_ms = updated_ms - 1000 WHERE name = 'second'").run();
    await json(change(first.id, { ...errors, kind: "listed", name: "first, changed" }));
    const namesOf = async (query: string) =>
      (await json<{ views: View[] }>(ask(`/api/views${query}`))).views.map(({ name }) => name);
    expect(await namesOf("?kind=listed")).toEqual(["first, changed", "second"]);
    expect(await namesOf("")).toContain("third");
  });

  it.each([
    ["no name", { ...errors, name: " " }],
    ["a name that is too long", { ...errors, name: "x".repeat(201) }],
    ["a kind that is none", { ...errors, kind: "SQL!" }],
    ["a value that is no object", { ...errors, value: "SELECT 1" }],
    ["a value that is too large", { ...errors, value: { text: "x".repeat(MAX_VALUE_CHARS - 10) } }],
    ["something else", { ...errors, id: "mine" }],
  ])("refuses %s", async (_name, body) => {
    const answer = await save(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request" } });
  });

  it("takes a value as large as it may be, and as many as there may be", async () => {
    expect((await save({ ...errors, value: { text: "x".repeat(MAX_VALUE_CHARS - 11) } })).status).toBe(201);
    await bindings.CONTROL.prepare(
      `INSERT INTO saved_views SELECT 'full' || value, 'full', 'x', '{}', 0, 0, 'x' FROM json_each(?1)`,
    )
      .bind(JSON.stringify(Array.from({ length: MAX_VIEWS }, (_, n) => n)))
      .run();
    const answer = await save(errors);
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ error: { code: "too_many_views" } });
    await bindings.CONTROL.prepare("DELETE FROM saved_views WHERE kind = 'full'").run();
    expect((await save(errors)).status).toBe(201);
  });
});
