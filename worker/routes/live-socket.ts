import { parseSince, sinceText } from "../../core/live/since.ts";
import { ownersOf } from "../auth/close-watchers.ts";
import type { Principal } from "../auth/principal.ts";
import { type Env, overviewOf, streamOf } from "../env.ts";
import { missedFrames } from "../query/missed-frames.ts";
import { checkServiceName, filterOf } from "../query/question.ts";

export interface LiveQuery {
  service?: string | undefined;
  q: string;
  since?: string | undefined;
}

/** A watcher's upgrade, checked here before an object is woken for it. With no service: the overview's. */
export async function openLiveSocket(
  env: Env,
  { service, q, since }: LiveQuery,
  principal: Principal | undefined,
): Promise<Response> {
  const headers = { Upgrade: "websocket" };
  const owners = ownersOf(principal).map((owner) => ["owner", owner]);
  if (!service) return overviewOf(env).fetch(`https://overview/live?${new URLSearchParams(owners)}`, { headers });
  checkServiceName(service);
  filterOf(q);
  const address = new URL(`https://stream/live?${new URLSearchParams(owners)}`);
  address.searchParams.set("service", service);
  address.searchParams.set("q", q);
  if (since !== undefined) await goOn(env, address, service, q, since);
  return streamOf(env, service).fetch(address.href, { headers });
}

/**
 * A watcher comes back: what no memory holds is read from the database here and waits at the stream for its socket, which
 * then begins after it.
 */
async function goOn(env: Env, address: URL, service: string, q: string, since: string): Promise<void> {
  const stream = streamOf(env, service);
  const { seqs, isWhole } = parseSince(since)!;
  address.searchParams.set("since", since);
  const missed = await stream.missed({ seqs, isWhole });
  if (missed.length === 0) return;
  const name = crypto.randomUUID();
  await stream.offer(name, await missedFrames(env, service, q, missed, Date.now()));
  const after = new Map(seqs);
  for (const { shard, lastSeq } of missed) after.set(shard, lastSeq);
  address.searchParams.set("since", isWhole ? sinceText(after) : String(after.get(0)));
  address.searchParams.set("offer", name);
}
