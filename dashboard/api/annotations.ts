import { rangeQuery } from "../time/range.ts";
import { ask } from "./client.ts";
import type { Scope } from "./questions.ts";

/** A moment that is marked on charts. */
export interface Annotation {
  id: string;
  /** ISO 8601. */
  time: string;
  kind: "deploy" | "alert" | "note";
  title: string;
  /** Null: it concerns every service. */
  service: string | null;
  url: string | null;
  createdBy: string;
}

/** More marks than this would be a chart of marks. */
const MOST = 200;

/** Of a service and of all services (of each without one), the newest first. */
export const askAnnotations = (
  { service, range }: Pick<Scope, "service" | "range">,
  signal: AbortSignal,
): Promise<{ annotations: Annotation[] }> =>
  ask("/api/annotations", { query: { service, ...rangeQuery(range), limit: MOST }, signal });

export const addAnnotation = (
  given: Pick<Annotation, "kind" | "title"> & { service?: string | undefined; time?: number | undefined },
): Promise<Annotation> => ask("/api/annotations", { body: given });

export const removeAnnotation = (id: string): Promise<unknown> => ask(`/api/annotations/${id}`, { method: "DELETE" });
