import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import * as v from "valibot";
import { type AppEnv, overviewOf, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName, filterOf } from "../query/question.ts";
import { validQuery } from "../validate.ts";

const query = v.object({
  service: v.optional(v.string()),
  q: v.optional(v.pipe(v.string(), v.maxLength(4_000)), ""),
  since: v.optional(v.pipe(v.string(), v.digits())),
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

/** GET /api/live: a service's socket, or with no service the overview's. GET /api/live/sse: the same for `curl -N`. */
export const live = new Hono<AppEnv>()
  .get("/", socket, validQuery(query), async (c) => {
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
      throw new ApiError("upgrade_required", "open a WebSocket here, or take /api/live/sse");
    }
    return openSocket(c, c.req.valid("query"));
  })
  .get("/sse", events, validQuery(query), async (c) => {
    const { webSocket: socket } = await openSocket(c, c.req.valid("query"));
    if (!socket) throw new ApiError("overloaded", "the stream did not open", { retryAfterSeconds: 1 });
    return streamSSE(c, async (stream) => {
      const { promise: closed, resolve: close } = Promise.withResolvers<void>();
      stream.onAbort(close);
      socket.addEventListener("message", ({ data }) => {
        if (data !== "pong") void stream.writeSSE({ data: String(data) }).catch(close);
      });
      socket.addEventListener("close", () => close());
      socket.accept();
      const heartbeat = setInterval(() => void stream.write(": still here\n\n").catch(close), HEARTBEAT_MS);
      await closed;
      clearInterval(heartbeat);
      socket.close();
    });
  });

interface LiveQuery {
  service?: string | undefined;
  q: string;
  since?: string | undefined;
}

/** The upgrade is checked here, before an object is woken for it. */
async function openSocket(c: Context<AppEnv>, { service, q, since }: LiveQuery): Promise<Response> {
  const headers = { Upgrade: "websocket" };
  if (!service) return overviewOf(c.env).fetch("https://overview/live", { headers });
  checkServiceName(service);
  filterOf(q);
  const address = new URL("https://stream/live");
  address.searchParams.set("service", service);
  address.searchParams.set("q", q);
  if (since !== undefined) address.searchParams.set("since", since);
  return streamOf(c.env, service).fetch(address.href, { headers });
}
