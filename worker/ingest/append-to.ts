import { FIRST_LAYOUT, homeOf, type Layout } from "../../core/delivery/layout.ts";
import { type AppendAnswer, type AppendRequest, nameOfOrigin, type Origin } from "../../core/delivery/message.ts";
import { logContext } from "../../durable-objects/log.ts";
import { type Env, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";

/** What each service's streams told of its shards last; one that knows better says so and takes nothing. */
const layouts = new Map<string, Layout>();
/** A stream that answers "moved" gives the layout to go by, so a second time is a change in that very moment. */
const MAX_MOVES = 4;
let turn = 0;

/** Appends to the shard that a batch belongs to: the home of its key or session, else each shard in turn. */
export async function appendTo(env: Env, request: Omit<AppendRequest, "shard" | "layout">): Promise<AppendAnswer> {
  const { service, origin } = request;
  for (let move = 0; move <= MAX_MOVES; move++) {
    const layout = layouts.get(service);
    const shard = shardOf(origin, layout);
    const answer = (await streamOf(env, service, shard).append({
      ...{ ...request, shard, layout },
      requestId: logContext().requestId,
    })) as AppendAnswer;
    if (answer.kind !== "moved") return answer;
    layouts.set(service, answer.layout);
  }
  throw new ApiError("overloaded", "the service's shards are changing", { retryAfterSeconds: 1 });
}

/** The latest frame of a session that is durable; 0 for a new one. */
export async function lastFrameOf(env: Env, service: string, session: string): Promise<number> {
  const origin: Origin = { kind: "frame", session, frame: 0 };
  for (let move = 0; move <= MAX_MOVES; move++) {
    const layout = layouts.get(service);
    const answer = await streamOf(env, service, shardOf(origin, layout)).lastFrame(service, session, layout);
    if ("frame" in answer) return answer.frame;
    layouts.set(service, answer.layout as Layout);
  }
  throw new ApiError("overloaded", "the service's shards are changing", { retryAfterSeconds: 1 });
}

function shardOf(origin: Origin | undefined, { shards }: Layout = FIRST_LAYOUT): number {
  return origin ? homeOf(nameOfOrigin(origin), shards) : turn++ % shards;
}
