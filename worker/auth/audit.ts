import { desc, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { audit as auditTable } from "../../migrations/control.ts";
import type { AppEnv, Env } from "../env.ts";

interface Deed {
  /** `noun.verb`: `key.create`, `settings.change`, `sql.run`. */
  action: string;
  /** What it was done to: a service, a key's id; empty for everything. */
  target?: string;
  /** What else a reader wants to know. Never a secret. */
  detail?: Record<string, unknown>;
}

export interface AuditEntry extends Required<Deed> {
  id: number;
  /** ISO 8601. */
  time: string;
  actor: string;
  requestId: string;
  ip: string | null;
}

const MAX_TARGET_CHARS = 256;
/** A longer detail is cut; the audit says what was done, not all that was in it. */
const MAX_DETAIL_CHARS = 4_000;

/**
 * Writes down who did what. Called once a change is done, or before an export or a statement begins; where the audit cannot be
 * written the request fails.
 */
export async function audit(c: Context<AppEnv>, { action, target = "", detail = {} }: Deed): Promise<void> {
  const text = JSON.stringify(detail);
  await drizzle(c.env.CONTROL)
    .insert(auditTable)
    .values({
      atMs: Date.now(),
      actor: c.var.principal?.name ?? "nobody",
      action,
      target: target.slice(0, MAX_TARGET_CHARS),
      detail: text.length > MAX_DETAIL_CHARS ? JSON.stringify({ cut: text.slice(0, MAX_DETAIL_CHARS) }) : text,
      requestId: c.var.requestId,
      ip: c.req.header("CF-Connecting-IP") ?? null,
    });
  c.set("isAudited", true);
}

/** Reads so much that the audit names it. */
const EXPORTS = /^\/api\/export(?:\/|$)/;

/**
 * Writes down what a route did that does not do so itself: every request that changes something or exports, and succeeded.
 */
export const auditRest = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  const { method, path } = c.req;
  const isRead = (method === "GET" || method === "HEAD") && !EXPORTS.test(path);
  if (isRead || c.var.isAudited || c.res.status >= 400) return;
  await audit(c, { action: `request.${method.toLowerCase()}`, target: path, detail: { status: c.res.status } });
});

/** The table itself refuses to forget younger ones; see migrations/control. */
const AUDIT_KEPT_DAYS = 400;

export async function forgetOldAudit(env: Env, nowMs: number): Promise<void> {
  await drizzle(env.CONTROL)
    .delete(auditTable)
    .where(lt(auditTable.atMs, nowMs - (AUDIT_KEPT_DAYS + 1) * 86_400_000));
}

/** Entries before `cursor` (all without one), newest first. */
export async function auditBefore(env: Env, cursor: number, limit: number): Promise<AuditEntry[]> {
  const rows = await drizzle(env.CONTROL)
    .select()
    .from(auditTable)
    .where(lt(auditTable.id, cursor))
    .orderBy(desc(auditTable.id))
    .limit(limit);
  return rows.map(({ atMs, detail, ...row }) => ({
    ...row,
    time: new Date(atMs).toISOString(),
    detail: JSON.parse(detail) as Record<string, unknown>,
  }));
}
