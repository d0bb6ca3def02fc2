import { Hono } from "hono";
import * as v from "valibot";
import { type AppEnv, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";
import { checkServiceName } from "../query/question.ts";
import { validJson } from "../validate.ts";
import { statuses } from "./pipeline.ts";

const message = v.object({
  service: v.string(),
  shard: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  firstSeq: v.pipe(v.number(), v.integer()),
});

/** GET /api/dead-letters: messages that the database did not take. POST …/replay: sends one again. */
export const deadLetters = new Hono<AppEnv>()
  .get("/", async (c) => {
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
  .post("/replay", validJson(message), async (c) => {
    const { service, shard, firstSeq } = c.req.valid("json");
    checkServiceName(service);
    const found = await streamOf(c.env, service, shard).replay(firstSeq);
    if (!found) throw new ApiError("not_found", `no dead letter of ${service}/${shard} begins at seq ${firstSeq}`);
    return c.json({ replayed: { service, shard, firstSeq } }, 202);
  });
