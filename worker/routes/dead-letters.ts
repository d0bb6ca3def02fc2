import { Hono } from "hono";
import * as v from "valibot";
import { type AppEnv, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName } from "../query/question.ts";
import { validJson } from "../validate.ts";
import { statuses } from "./pipeline.ts";

const list = describe({
  tag: "Pipeline",
  summary: "Messages that the database did not take in any try. Their records are in the journal.",
  example: {},
  answer: { deadLetters: [] },
});
const replay = describe({
  tag: "Pipeline",
  summary: "Sends a dead letter again: 202, or 404 where there is none that begins at this seq.",
  status: 404,
  example: { body: { service: "web", firstSeq: 1 } },
  answer: { error: { code: "not_found", message: "no dead letter of web/0 begins at seq 1", requestId: "…" } },
});

const message = v.object({
  service: v.string(),
  shard: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  firstSeq: v.pipe(v.number(), v.integer()),
});

/** GET /api/dead-letters: messages that the database did not take. POST …/replay: sends one again. */
export const deadLetters = new Hono<AppEnv>()
  .get("/", list, async (c) => {
    const streams = await statuses(c.env);
    return c.json({
      deadLetters: streams.flatMap(({ service, shard, deadLetters: letters }) =>
        letters.map(({ failedMs, ...letter }) => ({
          service,
          shard,
          ...letter,
          failed: new Date(failedMs).toISOString(),
        })),
      ),
    });
  })
  .post("/replay", replay, validJson(message), async (c) => {
    const { service, shard, firstSeq } = c.req.valid("json");
    checkServiceName(service);
    const found = await streamOf(c.env, service, shard).replay(firstSeq);
    if (!found) throw new ApiError("not_found", `no dead letter of ${service}/${shard} begins at seq ${firstSeq}`);
    return c.json({ replayed: { service, shard, firstSeq } }, 202);
  });
