import { and, desc, eq, gte, isNull, lt, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { TimeRange } from "../../core/time-range.ts";
import { annotations } from "../../migrations/control.ts";
import type { Env } from "../env.ts";

export type AnnotationRow = typeof annotations.$inferSelect;

/** Kept of all services together; the oldest make room, so that a deploy is never held up by its own mark. */
export const MAX_ANNOTATIONS = 10_000;

/** Those of a service and those of every service (of all without one), the newest first. */
export function annotationRows(
  env: Env,
  { fromMs, toMs }: TimeRange,
  service: string | undefined,
  limit: number,
): Promise<AnnotationRow[]> {
  const concerned =
    service === undefined ? undefined : or(isNull(annotations.service), eq(annotations.service, service));
  return drizzle(env.CONTROL)
    .select()
    .from(annotations)
    .where(and(gte(annotations.atMs, fromMs), lt(annotations.atMs, toMs), concerned))
    .orderBy(desc(annotations.atMs), annotations.id)
    .limit(limit);
}

const DELETE_OLDEST =
  "DELETE FROM annotations WHERE id IN (SELECT id FROM annotations ORDER BY at_ms DESC, id LIMIT -1 OFFSET ?1)";

export async function insertAnnotation(env: Env, row: AnnotationRow): Promise<void> {
  await drizzle(env.CONTROL).insert(annotations).values(row);
  await env.CONTROL.prepare(DELETE_OLDEST).bind(MAX_ANNOTATIONS).run();
}

/** The one that is gone; undefined where there was none. */
export const deleteAnnotation = (env: Env, id: string): Promise<AnnotationRow | undefined> =>
  drizzle(env.CONTROL).delete(annotations).where(eq(annotations.id, id)).returning().get();
