import { Hono } from "hono";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { pageOf } from "../openapi/page.ts";
import { apiDocument } from "./openapi.ts";

/** GET /docs: the API description for people, without a script or anything from elsewhere. */
export const docs = new Hono<AppEnv>().get(
  "/",
  describe({
    tag: "Operations",
    summary: "This description, as a page.",
    isPublic: true,
    example: {},
    type: "text/html",
  }),
  (c) => c.html(pageOf(apiDocument(c.req.url))),
);
