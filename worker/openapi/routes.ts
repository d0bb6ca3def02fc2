import { schemaOf, type ValidatedSchema } from "../validate.ts";
import { type Description, descriptionOf } from "./describe.ts";

/** What hono knows of one handler. */
export interface RegisteredHandler {
  method: string;
  path: string;
  handler: object;
}

export interface DescribedRoute {
  method: string;
  /** With `{name}` for its parameters. */
  path: string;
  description: Description | undefined;
  schemas: ValidatedSchema[];
}

/** Answered by what is no API: the dashboard's pages and files. */
const PAGES = "/*";

/** The handlers of an app as routes: middlewares that run for every method are none. */
export function routesOf(handlers: readonly RegisteredHandler[]): DescribedRoute[] {
  const routes = new Map<string, DescribedRoute>();
  for (const { method, path: pattern, handler } of handlers) {
    if (method === "ALL" || pattern === PAGES) continue;
    const path = pattern.replace(/:([A-Za-z]+)(\{[^}]*\})?/g, "{$1}");
    const route = routes.get(`${method} ${path}`) ?? { method, path, description: undefined, schemas: [] };
    routes.set(`${method} ${path}`, route);
    route.description ??= descriptionOf(handler);
    const schema = schemaOf(handler);
    if (schema) route.schemas.push(schema);
  }
  return [...routes.values()];
}
