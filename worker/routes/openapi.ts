import { Hono } from "hono";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { documentOf } from "../openapi/document.ts";
import type { RegisteredHandler } from "../openapi/routes.ts";

let handlers: readonly RegisteredHandler[] = [];

/** Called by worker/app.ts once every route stands: the description is one of the routes that it describes. */
export function describeApp(routes: readonly RegisteredHandler[]): void {
  handlers = routes;
}

export const apiDocument = (url: string) => documentOf(handlers, new URL(url).origin);

/** GET /api/openapi.json: the whole API, made from the routes' own schemas. */
export const openapi = new Hono<AppEnv>().get(
  "/",
  describe({
    tag: "Operations",
    summary: "This description, as OpenAPI 3.1.",
    isPublic: true,
    example: {},
    answer: { openapi: "3.1.0", info: {}, paths: {} },
  }),
  (c) => c.json(apiDocument(c.req.url)),
);
