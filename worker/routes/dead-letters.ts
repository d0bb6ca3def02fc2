import { type Context, Hono } from "hono";
import * as v from "valibot";
import { audit } from "../auth/audit.ts";
import { type AppEnv, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName } from "../query/question.ts";
import { discardMessage } from "../queue/discard-message.ts";
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

const giveUp = describe({
  tag: "Pipeline",
  summary: "Gives a dead letter up: the ledger says so, and its records are lost. 404 where there is none.",
  status: 404,
  example: { body: { service: "web", firstSeq: 1 } },
  answer: { error: { code: "not_found", message: "no dead letter of web/0 begins at seq 1", requestId: "…" } },
});
const message = v.object({
  service: v.string(),
  shard: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(63)), 0),
  firstSeq: v.pipe(v.number(), v.integer()),
});
type DeadLetter = v.InferOutput<typeof message>;

/**
 * GET /api/dead-letters: messages that the database did not take. POST …/replay: sends one again. POST …/discard: gives
 * one up; the ledger then says so.
 */
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
    const letter = c.req.valid("json");
    checkServiceName(letter.service);
    const found = await streamOf(c.env, letter.service, letter.shard).replay(letter.firstSeq);
    if (!found) throw notFound(letter);
    await audit(c, { action: "dead_letter.replay", target: letter.service, detail: letter });
    return c.json({ replayed: letter }, 202);
  })
  .post("/discard", giveUp, validJson(message), async (c) => c.json(await discard(c, c.req.valid("json"))));

async function discard(c: Context<AppEnv>, letter: DeadLetter) {
  const { service, shard, firstSeq } = letter;
  checkServiceName(service);
  const { deadLetters: letters } = await streamOf(c.env, service, shard).status();
  const found = letters.find((one) => one.firstSeq === firstSeq);
  if (!found) throw notFound(letter);
  const outcome = await discardMessage(c.env, service, shard, found, Date.now());
  await audit(c, { action: "dead_letter.discard", target: service, detail: { ...letter, outcome } });
  return { [outcome]: { service, shard, firstSeq, lastSeq: found.lastSeq } };
}

const notFound = ({ service, shard, firstSeq }: DeadLetter): ApiError =>
  new ApiError("not_found", `no dead letter of ${service}/${shard} begins at seq ${firstSeq}`);
