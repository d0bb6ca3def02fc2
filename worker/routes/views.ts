import { Hono } from "hono";
import * as v from "valibot";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { shortId } from "../short-id.ts";
import { validJson, validQuery } from "../validate.ts";
import { changeView, countViews, deleteView, insertView, type ViewRow, viewRow, viewRows } from "../views/view-rows.ts";

export const MAX_VIEWS = 1_000;
/** JSON text of a view's value. */
export const MAX_VALUE_CHARS = 64_000;

const kind = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,31}$/, "1-32 of a-z, 0-9, dash and underscore"));
const body = v.strictObject({
  /** What it is for: `sql`, `filter`, `view`, whatever the one who saves it calls it. */
  kind,
  name: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(200)),
  /** Any JSON object. */
  value: v.pipe(
    v.record(v.string(), v.unknown()),
    v.check(
      (value) => JSON.stringify(value).length <= MAX_VALUE_CHARS,
      `at most ${MAX_VALUE_CHARS} characters of JSON`,
    ),
  ),
});
const listQuery = v.object({ kind: v.optional(kind) });

const VIEW = {
  id: "…",
  kind: "sql",
  name: "Errors by service",
  value: { sql: "SELECT service, count(*) AS errors FROM logs WHERE severity >= 4 GROUP BY service" },
  created: "2026-11-22T10:00:00.000Z",
  updated: "2026-11-22T10:00:00.000Z",
  createdBy: "admin token",
  link: "https://weir.example/?view=…",
};
const { kind: exampleKind, name, value } = VIEW;
const exampleBody = { kind: exampleKind, name, value };
const params = { id: "The view's id." };
const list = describe({
  tag: "Ask",
  summary: "Saved queries and views, the latest changed first.",
  example: { query: { kind: "sql" }, after: "POST /api/views" },
  answer: { views: [VIEW] },
});
const create = describe({
  tag: "Ask",
  summary: "Saves a query or view; its link shows it to everyone who may read.",
  status: 201,
  example: { body: exampleBody },
  answer: VIEW,
});
const one = describe({
  tag: "Ask",
  summary: "A saved query or view.",
  params,
  example: { after: "POST /api/views", params: { id: "$.id" } },
  answer: VIEW,
});
const change = describe({
  tag: "Ask",
  summary: "Puts another query or view, or another name, in its place.",
  params,
  example: { after: "POST /api/views", params: { id: "$.id" }, body: exampleBody },
  answer: VIEW,
});
const remove = describe({
  tag: "Ask",
  summary: "Forgets a saved query or view; its link leads nowhere then.",
  params,
  example: { after: "POST /api/views", params: { id: "$.id" } },
  answer: { id: "…", deleted: true },
});

/** Saved queries and views: GET lists, POST saves; GET, PUT, DELETE …/:id. */
export const views = new Hono<AppEnv>()
  .get("/", list, validQuery(listQuery), async (c) => {
    const rows = await viewRows(c.env, c.req.valid("query").kind);
    return c.json({ views: rows.map((row) => viewJson(row, c.req.url)) });
  })
  .post("/", create, validJson(body), async (c) => {
    if ((await countViews(c.env)) >= MAX_VIEWS)
      throw new ApiError("too_many_views", `there may be ${MAX_VIEWS} saved views: delete one`);
    const nowMs = Date.now();
    const given = c.req.valid("json");
    const row: ViewRow = {
      id: shortId(),
      ...given,
      value: JSON.stringify(given.value),
      createdMs: nowMs,
      updatedMs: nowMs,
      createdBy: c.var.principal?.name ?? "nobody",
    };
    await insertView(c.env, row);
    return c.json(viewJson(row, c.req.url), 201);
  })
  .get("/:id", one, async (c) => c.json(viewJson((await viewRow(c.env, c.req.param("id"))) ?? noView(), c.req.url)))
  .put("/:id", change, validJson(body), async (c) => {
    const given = c.req.valid("json");
    const changed = { ...given, value: JSON.stringify(given.value), updatedMs: Date.now() };
    return c.json(viewJson((await changeView(c.env, c.req.param("id"), changed)) ?? noView(), c.req.url));
  })
  .delete("/:id", remove, async (c) => {
    const id = c.req.param("id");
    if (!(await deleteView(c.env, id))) noView();
    return c.json({ id, deleted: true });
  });

function noView(): never {
  throw new ApiError("not_found", "there is no such saved view");
}

const viewJson = ({ id, kind, name, value, createdMs, updatedMs, createdBy }: ViewRow, url: string) => ({
  id,
  kind,
  name,
  value: JSON.parse(value) as Record<string, unknown>,
  created: new Date(createdMs).toISOString(),
  updated: new Date(updatedMs).toISOString(),
  createdBy,
  link: new URL(`/?view=${id}`, url).href,
});
