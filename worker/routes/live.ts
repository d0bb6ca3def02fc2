import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import * as v from "valibot";
import { safeJsonText } from "../../core/export/safe-text.ts";
import { parseSince } from "../../core/live/since.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { validQuery } from "../validate.ts";
import { liveRewind } from "./live-rewind.ts";
import { openLiveSocket } from "./live-socket.ts";

const query = v.object({
  service: v.optional(v.string()),
  q: v.optional(v.pipe(v.string(), v.maxLength(4_000)), ""),
  since: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => parseSince(text) !== undefined, "what hello and counters frames give as since, or a seq"),
    ),
  ),
});

/** How often a server-sent stream says that it is still there; proxies close silent ones after 30 s and more. */
const HEARTBEAT_MS = 15_000;

const socket = describe({
  tag: "Live",
  summary:
    "A WebSocket: counters and records of a service as they come, or with no service figures of all. JSON frames.",
  status: 101,
  isSocket: true,
});
const events = describe({
  tag: "Live",
  summary: "The same frames as server-sent events, for `curl -N`. Does not end by itself.",
  example: { query: { service: "web" } },
  type: "text/event-stream",
});

/**
 * GET /api/live: a service's socket, or with no service the overview's. GET /api/live/sse: the same for `curl -N`.
 * GET /api/live/rewind: the last 15 minutes.
 */
export const live = new Hono<AppEnv>()
  .route("/rewind", liveRewind)
  .get("/", socket, validQuery(query), async (c) => {
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
      throw new ApiError("upgrade_required", "open a WebSocket here, or take /api/live/sse");
    }
    return openLiveSocket(c.env, c.req.valid("query"), c.var.principal);
  })
  .get("/sse", events, validQuery(query), async (c) => {
    const { webSocket: socket } = await openLiveSocket(c.env, c.req.valid("query"), c.var.principal);
    if (!socket) throw new ApiError("overloaded", "the stream did not open", { retryAfterSeconds: 1 });
    return streamSSE(c, async (stream) => {
      const { promise: closed, resolve: close } = Promise.withResolvers<void>();
      stream.onAbort(close);
      socket.addEventListener("message", ({ data }) => {
        if (data !== "pong") void stream.writeSSE({ data: safeJsonText(String(data)) }).catch(close);
      });
      socket.addEventListener("close", () => close());
      socket.accept();
      const heartbeat = setInterval(() => void stream.write(": still here\n\n").catch(close), HEARTBEAT_MS);
      await closed;
      clearInterval(heartbeat);
      socket.close();
    });
  });
