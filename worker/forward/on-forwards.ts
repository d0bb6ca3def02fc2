import { recordsOfPackText, splitPackText } from "../../core/delivery/pack-text.ts";
import { type Forward, type ForwardMessage, isWorthRepeating, retryAfterSeconds } from "../../core/forward/forward.ts";
import { payloadOf } from "../../core/forward/payload-of.ts";
import { checkAddress } from "../../core/forward/public-address.ts";
import { predicateOf } from "../../core/query/predicate-of.ts";
import type { PlacedRecord } from "../../core/record-json.ts";
import { logError, logWarning } from "../../durable-objects/log.ts";
import { unpack } from "../../durable-objects/unpack.ts";
import type { Env } from "../env.ts";
import { meter } from "../metrics/meter.ts";
import { filterOf } from "../query/question.ts";
import { keepDead } from "./dead-packs.ts";
import { findForward } from "./forwards-of.ts";

/** A place that has not answered by then is away. */
const ANSWER_WITHIN_MS = 20_000;

/** Sends each pack to its place. What is busy or away gets it again later; what refuses for good leaves a dead letter. */
export async function onForwards(batch: MessageBatch<ForwardMessage>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const { forwardId, service, shard, firstSeq, count } = message.body;
    const forward = await findForward(env, forwardId);
    // Taken back while it was on its way.
    if (!forward) {
      message.ack();
      continue;
    }
    const refusal = await sendPack(env, forward, message.body);
    if (refusal === undefined) {
      meter.count("weir_forward_records_total", { outcome: "sent" }, count);
      message.ack();
    } else if (refusal.isForGood) {
      await bury(env, message.body, refusal.reason);
      message.ack();
    } else {
      meter.count("weir_forward_records_total", { outcome: "failed" }, count);
      const { reason } = refusal;
      logWarning("forward_failed", { forwardId, service, shard, firstSeq, reason, attempts: message.attempts });
      message.retry({ delaySeconds: retryAfterSeconds(message.attempts) });
    }
  }
}

/** What the queue gave up on. */
export async function onDeadForwards(batch: MessageBatch<ForwardMessage>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    await bury(env, message.body, "not taken in any try");
    message.ack();
  }
}

async function bury(env: Env, message: ForwardMessage, reason: string): Promise<void> {
  const { forwardId, service, shard, firstSeq, count } = message;
  meter.count("weir_forward_records_total", { outcome: "dead" }, count);
  logError("forward_dead", { forwardId, service, shard, firstSeq, count, reason });
  await keepDead(env, message, reason, Date.now());
}

interface Refusal {
  reason: string;
  /** Sending it again would change nothing. */
  isForGood: boolean;
}

/** undefined once the other side has taken it. The reason never holds a header's value, nor what the other side wrote. */
async function sendPack(env: Env, forward: Forward, message: ForwardMessage): Promise<Refusal | undefined> {
  const url = new URL(forward.url);
  const checked = checkAddress(url, env.FORWARD_PRIVATE === "1");
  if (!checked.ok) return { reason: checked.reason, isForGood: true };
  const records = recordsOf(forward, message);
  if (records.length === 0) return undefined;
  const { contentType, body } = payloadOf(forward.kind, records);
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: { ...forward.headers, "Content-Type": contentType, "Idempotency-Key": nameOf(message) },
      // A redirect could lead inside, and a sender of records has no use for one.
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await answer.body?.cancel();
    if (answer.ok) return undefined;
    return { reason: `HTTP ${answer.status}`, isForGood: !isWorthRepeating(answer.status) };
  } catch (error) {
    return { reason: error instanceof Error ? error.name : "unreachable", isForGood: false };
  }
}

const nameOf = ({ forwardId, service, shard, firstSeq }: ForwardMessage): string =>
  `weir/${forwardId}/${service}/${shard}/${firstSeq}`;

function recordsOf({ q }: Forward, { service, shard, firstSeq, body }: ForwardMessage): PlacedRecord[] {
  const matches = q.trim() === "" ? () => true : predicateOf(filterOf(q), Date.now());
  return recordsOfPackText(splitPackText(unpack(body)))
    .map((record, at) => ({ service, shard, seq: firstSeq + at, record }))
    .filter(({ record }) => matches(record, service));
}
