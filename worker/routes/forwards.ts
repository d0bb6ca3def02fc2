import { Hono } from "hono";
import { type Forward, forwardSchema } from "../../core/forward/forward.ts";
import { checkAddress } from "../../core/forward/public-address.ts";
import { audit } from "../auth/audit.ts";
import { requireAdmin } from "../auth/require.ts";
import type { AppEnv, Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { deadPacksOf, forgetDead, replayDead } from "../forward/dead-packs.ts";
import { allForwards, deleteForward, findForward, insertForward, MAX_FORWARDS } from "../forward/forwards-of.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName, filterOf } from "../query/question.ts";
import { validJson } from "../validate.ts";

const FORWARD = { id: "…", service: "web", kind: "loki", url: "https://logs.example.net/loki/api/v1/push" };
const params = { id: "The forward's id." };
const after = { after: "POST /api/forwards", params: { id: "$.id" } };
const list = describe({
  tag: "Services",
  summary: "Where services' records are also sent. Values of headers are not shown.",
  example: { after: "POST /api/forwards" },
  answer: { forwards: [FORWARD] },
});
const create = describe({
  tag: "Services",
  summary: "Also sends a service's records to an HTTP, OTLP or Loki endpoint, from now on, at least once.",
  status: 201,
  example: {
    body: {
      service: "web",
      kind: "loki",
      url: "https://logs.example.net/loki/api/v1/push",
      headers: { Authorization: "Bearer KEY-OF-THE-OTHER-SIDE" },
      q: "level:error",
    },
  },
  answer: { ...FORWARD, headers: { Authorization: "…" }, q: "level:error" },
});
const dead = describe({
  tag: "Services",
  summary: "Packs that a forward's other side refused, or did not take in any try.",
  params,
  example: after,
  answer: { dead: [] },
});
const replay = describe({
  tag: "Services",
  summary: "Sends a forward's dead packs again, the oldest 200 at a time.",
  params,
  example: after,
  status: 202,
  answer: { replayed: 0 },
});
const end = describe({
  tag: "Services",
  summary: "Ends a forward within 15 s, and forgets its dead packs.",
  params,
  example: after,
  status: 204,
});

/** GET, POST /api/forwards; DELETE …/:id; GET …/:id/dead-letters, POST …/:id/replay. */
export const forwards = new Hono<AppEnv>()
  .use(requireAdmin)
  .get("/", list, async (c) => c.json({ forwards: (await allForwards(c.env)).map(shown) }))
  .post("/", create, validJson(forwardSchema), async (c) => {
    const settings = c.req.valid("json");
    checkServiceName(settings.service);
    if (settings.q.trim() !== "") filterOf(settings.q);
    const checked = checkAddress(new URL(settings.url), c.env.FORWARD_PRIVATE === "1");
    if (!checked.ok)
      throw new ApiError("invalid_request", checked.detail, { issues: [{ path: "url", message: checked.reason }] });
    if ((await allForwards(c.env)).length >= MAX_FORWARDS)
      throw new ApiError("invalid_request", `there may be ${MAX_FORWARDS} forwards: end one`);
    const forward: Forward = { id: crypto.randomUUID(), ...settings };
    await insertForward(c.env, forward, Date.now());
    await audit(c, { action: "forward.create", target: settings.service, detail: { ...shown(forward) } });
    return c.json(shown(forward), 201);
  })
  .get("/:id/dead-letters", dead, async (c) => {
    const { id } = await known(c.env, c.req.param("id"));
    const { dead: found, isCut } = await deadPacksOf(c.env, id);
    return c.json({ dead: found, ...(isCut ? { partial: true } : {}) });
  })
  .post("/:id/replay", replay, async (c) => {
    const { id } = await known(c.env, c.req.param("id"));
    const replayed = await replayDead(c.env, id);
    await audit(c, { action: "forward.replay", target: id, detail: { replayed } });
    return c.json({ replayed }, 202);
  })
  .delete("/:id", end, async (c) => {
    const { id, service } = await known(c.env, c.req.param("id"));
    await deleteForward(c.env, id);
    await forgetDead(c.env, id);
    await audit(c, { action: "forward.delete", target: service, detail: { id } });
    return c.body(null, 204);
  });

async function known(env: Env, id: string): Promise<Forward> {
  const forward = await findForward(env, id);
  if (!forward) throw new ApiError("not_found", "no such forward");
  return forward;
}

/** An address may hold a secret in its query, a header is one. */
const shown = ({ headers, url, ...forward }: Forward) => ({
  ...forward,
  url: url.replace(/\?.*$/, "?…"),
  headers: Object.fromEntries(Object.keys(headers).map((name) => [name, "…"])),
});
