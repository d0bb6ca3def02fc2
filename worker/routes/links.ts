import { type Context, Hono } from "hono";
import * as v from "valibot";
import { audit } from "../auth/audit.ts";
import { adminToken } from "../auth/holder.ts";
import { keyOfId } from "../auth/known-keys.ts";
import type { Principal } from "../auth/principal.ts";
import { requireAdmin } from "../auth/require.ts";
import type { AppEnv } from "../env.ts";
import { ApiError, onError } from "../errors.ts";
import { type Link, readLink, signLink } from "../links/signed-link.ts";
import { describe } from "../openapi/describe.ts";
import { questionOf } from "../query/question.ts";
import { validJson } from "../validate.ts";
import { exported } from "./export.ts";

const MIN_SECONDS = 60;
const MAX_SECONDS = 90 * 86_400;

const body = v.strictObject({
  service: v.optional(v.string()),
  /** Relative ranges stay relative: `-7d` is the last week of whenever the link is opened. */
  from: v.optional(v.string(), "-1d"),
  to: v.optional(v.string()),
  q: v.optional(v.pipe(v.string(), v.maxLength(4_000)), ""),
  format: v.optional(v.picklist(["csv", "ndjson", "parquet"]), "csv"),
  columns: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
  expiresSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(MIN_SECONDS), v.maxValue(MAX_SECONDS)), 86_400),
});

const create = describe({
  tag: "Ask",
  summary: "Makes an address that answers one export without a key, for a time: for Excel, Power BI, DuckDB.",
  status: 201,
  example: { body: { service: "web", from: "0", format: "csv", columns: "time,path,status", expiresSeconds: 3_600 } },
  answer: {
    url: "https://weir.example.com/link/…/web.csv",
    path: "/link/…/web.csv",
    token: "…",
    expires: "2026-11-22T11:00:00.000Z",
  },
});
const open = describe({
  tag: "Ask",
  summary: "The export that a link of POST /api/links allows.",
  isPublic: true,
  params: { token: "What the link allows, signed.", file: "A file name for programs that want one." },
  example: { after: "POST /api/links", params: { token: "$.token", file: "web.csv" } },
  type: "text/csv",
});

/** POST /api/links: an export by a signed address that ends. */
export const links = new Hono<AppEnv>().use(requireAdmin).post("/", create, validJson(body), async (c) => {
  const { expiresSeconds, ...asked } = c.req.valid("json");
  const nowMs = Date.now();
  // What is wrong with the question is told now, not to whoever opens the link.
  questionOf(asked, nowMs);
  const query = new URLSearchParams(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const expiresMs = nowMs + expiresSeconds * 1_000;
  const link: Link = { query: query.toString(), expiresMs, keyId: c.var.principal?.keyId };
  const token = await signLink(adminToken(c), link);
  const path = `/link/${token}/${asked.service ?? "all"}.${asked.format}`;
  const expires = new Date(expiresMs).toISOString();
  await audit(c, { action: "link.create", target: asked.service, detail: { ...asked, expires } });
  return c.json({ url: new URL(path, c.req.url).href, path, token, expires }, 201);
});

/** GET /link/:token/:file: the export itself. */
export const openLink = new Hono<AppEnv>().get("/:token/:file", open, async (c) => {
  const link = await readLink(adminToken(c), c.req.param("token"));
  if (!link) throw new ApiError("unauthorized", "the link is not valid");
  if (link.expiresMs <= Date.now()) throw new ApiError("unauthorized", "the link has ended: have a new one made");
  if (link.keyId !== undefined && !(await keyOfId(c.env, link.keyId, Date.now())))
    throw new ApiError("unauthorized", "the key that made the link has been revoked");
  return answerAs(c, { kind: "key", scope: "read", name: "a link", services: [], origins: [] }, link.query);
});

/** The export route itself, asked by the link: one way of answering, one audit. */
function answerAs(c: Context<AppEnv>, principal: Principal, query: string): Response | Promise<Response> {
  const inner = new Hono<AppEnv>()
    .use((as, next) => {
      as.set("requestId", c.var.requestId);
      as.set("principal", principal);
      return next();
    })
    .route("/", exported)
    .onError(onError);
  const request = new Request(new URL(`/?${query}`, c.req.url), { method: c.req.method, headers: c.req.raw.headers });
  return inner.fetch(request, c.env, c.executionCtx);
}
