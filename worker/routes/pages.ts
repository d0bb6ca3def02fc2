import type { Context } from "hono";
import { stream } from "hono/streaming";
import type { AppEnv } from "../env.ts";
import { ApiError, noRoute } from "../errors.ts";
import { getsSnapshot, snapshotElement } from "./page-snapshot.ts";

/** Files with a hash in their name never change. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/**
 * The dashboard: a file of it, or its page for every other address that a browser asks for as a page. Anything else
 * is an unknown route.
 */
export async function pages(c: Context<AppEnv>): Promise<Response> {
  const { pathname } = new URL(c.req.url);
  if (c.req.method !== "GET" && c.req.method !== "HEAD") throw noRoute(c.req.method, pathname);
  if (pathname.startsWith("/static/") || /^\/[a-z0-9-]+\.(svg|ico|png|txt|webmanifest|js)$/.test(pathname)) {
    const file = await c.env.ASSETS.fetch(c.req.raw);
    if (file.ok || file.status === 304)
      return withCache(file, pathname.startsWith("/static/") ? IMMUTABLE : "public, max-age=3600");
    throw new ApiError("not_found", `no file ${pathname}`);
  }
  const isPage = (c.req.header("Accept") ?? "").includes("text/html") && !pathname.startsWith("/api/");
  if (!isPage && pathname !== "/") throw noRoute(c.req.method, pathname);
  const page = await c.env.ASSETS.fetch(new URL("/index.html", c.req.url).href);
  if (!(await getsSnapshot(c))) return withCache(page, "no-cache");
  const [before = "", end = ""] = (await page.text()).split(END);
  c.header("Content-Type", "text/html; charset=utf-8");
  c.header("Cache-Control", "private, no-store");
  return stream(c, async (body) => {
    // The browser fetches scripts and styles while the figures are looked up.
    await body.write(before);
    await body.write(`${await snapshotElement(c)}${END}${end}`);
  });
}

const END = "</body>";

function withCache(response: Response, value: string): Response {
  const copy = new Response(response.body, response);
  copy.headers.set("Cache-Control", value);
  return copy;
}
