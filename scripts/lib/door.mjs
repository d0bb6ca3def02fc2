// Runs inside workerd, before the built Worker, where `npm start` serves it: does what Cloudflare's network does before a request
// reaches a Worker. miniflare's own entry does that too, at the price of a third of what a small request costs, and
// with doors of its own (`/cdn-cgi/`) that no one outside should find.

/** What is worth compressing. Event streams are not: they would wait in the compressor. */
const COMPRESSIBLE =
  /^(?:text\/(?!event-stream)|application\/(?:javascript|json|x-ndjson|manifest\+json)|image\/svg\+xml)/;
/** Below this, compressing costs more than it saves. */
const COMPRESS_FROM_BYTES = 1_024;
/** How often a request that came before the databases were there looks again. */
const LOOK_AGAIN_MS = 20;
let isOpen = false;

/**
 * The Worker as the outside reaches it.
 *
 * @param {{ fetch(request: Request, env: DoorEnv, ctx: ExecutionContext): Promise<Response> }} worker
 * @typedef {{ TRUST_PROXY?: string, DB: D1Database, CONTROL: D1Database, MIGRATIONS: { DB: number, CONTROL: number } }} DoorEnv
 */
export const doorTo = (worker) => ({
  async fetch(request, env, ctx) {
    // Read before anything else: the Worker may change its own copy only.
    const accepts = request.headers.get("Accept-Encoding") ?? "";
    // workerd listens before `npm start` has applied the migrations.
    while (!isOpen) {
      isOpen = await isMigrated(env);
      if (!isOpen) await scheduler.wait(LOOK_AGAIN_MS);
    }
    return compressed(await worker.fetch(asCloudflareGivesIt(request, env.TRUST_PROXY === "1"), env, ctx), accepts);
  },
});

async function isMigrated({ DB, CONTROL, MIGRATIONS }) {
  const applied = (database) => database.prepare("SELECT count(*) AS n FROM d1_migrations").first("n");
  try {
    const [logs, control] = await Promise.all([applied(DB), applied(CONTROL)]);
    return logs >= MIGRATIONS.DB && control >= MIGRATIONS.CONTROL;
  } catch {
    // Not even the table of migrations is there.
    return false;
  }
}

/** With the sender's address, which only a proxy that is trusted may say, and as https where a proxy took it so. */
function asCloudflareGivesIt(request, isProxied) {
  const given = isProxied ? request.headers.get("CF-Connecting-IP") : null;
  const isHttps = request.headers.get("X-Forwarded-Proto") === "https";
  const asked = new Request(isHttps ? request.url.replace(/^http:/, "https:") : request, request);
  asked.headers.set("CF-Connecting-IP", given ?? addressOf(request.cf?.clientIp) ?? "unknown");
  return asked;
}

/** `127.0.0.1:4711` or `[::1]:4711` without its port. */
function addressOf(peer) {
  return peer?.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

/** workerd compresses what says that it is. */
function compressed(response, accepts) {
  const { headers, body } = response;
  if (body === null || !/\bgzip\b/.test(accepts) || headers.has("Content-Encoding")) return response;
  if (!COMPRESSIBLE.test(headers.get("Content-Type") ?? "")) return response;
  const length = headers.get("Content-Length");
  if (length !== null && Number(length) < COMPRESS_FROM_BYTES) return response;
  const smaller = new Response(body, response);
  smaller.headers.set("Content-Encoding", "gzip");
  smaller.headers.delete("Content-Length");
  smaller.headers.append("Vary", "Accept-Encoding");
  return smaller;
}
