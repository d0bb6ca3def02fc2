import { Hono } from "hono";
import { digestOf } from "../auth/digest.ts";
import type { AppEnv } from "../env.ts";
import { describe } from "../openapi/describe.ts";
import { pageOf } from "../openapi/page.ts";
import { PAGE_STYLE } from "../openapi/page-style.ts";
import { policyWithStyle } from "../security-headers.ts";
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
  async (c) => {
    c.header("Content-Security-Policy", policyWithStyle(await hashOf(PAGE_STYLE)));
    return c.html(pageOf(apiDocument(c.req.url)));
  },
);

const hashOf = async (text: string): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await digestOf(text))));
