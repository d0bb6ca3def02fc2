import { ask } from "./client.ts";

/** Something that a person kept under a name; its link shows it to everyone who may read. */
export interface SavedView {
  id: string;
  /** `sql`: `value.sql` is a statement. `page`: `value.href` is an address of this dashboard. */
  kind: string;
  name: string;
  value: Record<string, unknown>;
  updated: string;
  createdBy: string;
  link: string;
}

export const askViews = (kind: string, signal: AbortSignal): Promise<{ views: SavedView[] }> =>
  ask("/api/views", { query: { kind }, signal });

export const saveView = (kind: string, name: string, value: Record<string, unknown>): Promise<SavedView> =>
  ask("/api/views", { body: { kind, name, value } });

export const forgetView = (id: string): Promise<unknown> => ask(`/api/views/${id}`, { method: "DELETE" });

/** Where a saved view is shown; undefined for what this dashboard does not know. */
export async function placeOfView(id: string): Promise<string | undefined> {
  const { kind, value } = await ask<SavedView>(`/api/views/${encodeURIComponent(id)}`);
  if (kind === "sql" && typeof value.sql === "string") return `/query?${new URLSearchParams({ sql: value.sql })}`;
  // Only addresses of this dashboard: a view must not lead elsewhere.
  return kind === "page" && typeof value.href === "string" && /^\/(?![/\\])/.test(value.href) ? value.href : undefined;
}
