import { Hono } from "hono";
import * as v from "valibot";
import { momentOf } from "../../core/time-range.ts";
import { annotations as table } from "../../migrations/control.ts";
import {
  type AnnotationRow,
  annotationRows,
  deleteAnnotation,
  insertAnnotation,
} from "../annotations/annotation-rows.ts";
import { audit } from "../auth/audit.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName, questionOf } from "../query/question.ts";
import { shortId } from "../short-id.ts";
import { validJson, validQuery } from "../validate.ts";

const MAX_TITLE_CHARS = 200;
const MAX_URL_CHARS = 2_000;

const listQuery = v.object({
  service: v.optional(v.string()),
  /** Everything that there is unless told. */
  from: v.optional(v.string(), "0"),
  to: v.optional(v.string()),
  limit: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(1_000)), "200"),
});
const body = v.strictObject({
  kind: v.optional(v.picklist(table.kind.enumValues), "deploy"),
  title: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(MAX_TITLE_CHARS)),
  /** Epoch milliseconds, ISO 8601, or relative: `-5m`. Now unless told. */
  time: v.optional(v.union([v.number(), v.pipe(v.string(), v.maxLength(64))]), "now"),
  /** Every service is concerned unless told. */
  service: v.optional(v.string()),
  /** Where more is told of it. */
  url: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(MAX_URL_CHARS),
      v.url(),
      v.check((url) => /^https?:\/\//i.test(url), "an http or https address"),
    ),
  ),
});

const ANNOTATION = {
  id: "…",
  time: "2026-11-22T10:00:00.000Z",
  kind: "deploy",
  title: "web 4.12.0",
  service: "web",
  url: "https://git.example/web/releases/4.12.0",
  createdBy: "admin token",
};
const { kind, title, time, service, url } = ANNOTATION;
const list = describe({
  tag: "Ask",
  summary: "Deploys, alerts and notes of a range, the newest first: of a service and of all of them.",
  example: { query: { service: "web" }, after: "POST /api/annotations" },
  answer: { annotations: [ANNOTATION] },
});
const create = describe({
  tag: "Ask",
  summary: "Marks a moment on the charts: a deploy, an alert, a note.",
  status: 201,
  example: { body: { kind, title, time, service, url } },
  answer: ANNOTATION,
});
const remove = describe({
  tag: "Ask",
  summary: "Takes a mark off the charts.",
  params: { id: "The annotation's id." },
  example: { after: "POST /api/annotations", params: { id: "$.id" } },
  answer: { id: "…", deleted: true },
});

/** Marks on the charts: GET lists, POST makes one, DELETE …/:id takes it away. */
export const annotations = new Hono<AppEnv>()
  .get("/", list, validQuery(listQuery), async (c) => {
    const { limit, ...raw } = c.req.valid("query");
    const question = questionOf({ ...raw, q: "" }, Date.now());
    const rows = await annotationRows(c.env, question, question.service, limit);
    return c.json({ annotations: rows.map(annotationJson) });
  })
  .post("/", create, validJson(body), async (c) => {
    const given = c.req.valid("json");
    if (given.service !== undefined) checkServiceName(given.service);
    const row: AnnotationRow = {
      id: shortId(),
      atMs: atMsOf(given.time),
      kind: given.kind,
      title: given.title,
      service: given.service ?? null,
      url: given.url ?? null,
      createdBy: c.var.principal?.name ?? "nobody",
    };
    await insertAnnotation(c.env, row);
    await audit(c, {
      action: "annotation.create",
      target: row.service ?? "",
      detail: { id: row.id, kind: row.kind, title: row.title },
    });
    return c.json(annotationJson(row), 201);
  })
  .delete("/:id", remove, async (c) => {
    const gone = await deleteAnnotation(c.env, c.req.param("id"));
    if (!gone) throw new ApiError("not_found", "there is no such annotation");
    await audit(c, {
      action: "annotation.delete",
      target: gone.service ?? "",
      detail: { id: gone.id, kind: gone.kind, title: gone.title },
    });
    return c.json({ id: gone.id, deleted: true });
  });

function atMsOf(time: string | number): number {
  const parsed = momentOf(String(time), Date.now());
  if (parsed.ok) return parsed.value;
  throw new ApiError("invalid_request", `time: ${parsed.detail}`, {
    issues: [{ path: "time", message: parsed.detail }],
  });
}

const annotationJson = ({ id, atMs, kind, title, service, url, createdBy }: AnnotationRow) => ({
  id,
  time: new Date(atMs).toISOString(),
  kind,
  title,
  service,
  url,
  createdBy,
});
