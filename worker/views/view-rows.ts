import { count, desc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { savedViews } from "../../migrations/control.ts";
import type { Env } from "../env.ts";

export type ViewRow = typeof savedViews.$inferSelect;

/** The latest changed first, of one kind or of all. */
export function viewRows(env: Env, kind: string | undefined): Promise<ViewRow[]> {
  return drizzle(env.CONTROL)
    .select()
    .from(savedViews)
    .where(kind === undefined ? undefined : eq(savedViews.kind, kind))
    .orderBy(desc(savedViews.updatedMs), savedViews.id);
}

export const viewRow = (env: Env, id: string): Promise<ViewRow | undefined> =>
  drizzle(env.CONTROL).select().from(savedViews).where(eq(savedViews.id, id)).get();

export async function countViews(env: Env): Promise<number> {
  const [row] = await drizzle(env.CONTROL).select({ views: count() }).from(savedViews);
  return row!.views;
}

export async function insertView(env: Env, row: ViewRow): Promise<void> {
  await drizzle(env.CONTROL).insert(savedViews).values(row);
}

/** Undefined where there is none. */
export const changeView = (
  env: Env,
  id: string,
  change: Pick<ViewRow, "kind" | "name" | "value" | "updatedMs">,
): Promise<ViewRow | undefined> =>
  drizzle(env.CONTROL).update(savedViews).set(change).where(eq(savedViews.id, id)).returning().get();

/** Whether there was one. */
export async function deleteView(env: Env, id: string): Promise<boolean> {
  const gone = await drizzle(env.CONTROL)
    .delete(savedViews)
    .where(eq(savedViews.id, id))
    .returning({ id: savedViews.id });
  return gone.length > 0;
}
