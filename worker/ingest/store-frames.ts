import type { Quota } from "../../core/delivery/message.ts";
import type { Env } from "../env.ts";
import type { ApiError } from "../errors.ts";
import { countBatch } from "../metrics/count-batch.ts";
import { appendTo } from "./append-to.ts";
import { parseBatch, storedOf } from "./ingest-batch.ts";
import { countedPacksOf } from "./pack.ts";
import type { Refusal } from "./records-of-entries.ts";

/** One message of a sender's socket. */
export interface Frame {
  number: number;
  lines: string[];
  chars: number;
  receivedMs: number;
  /** Why it cannot be taken at all. */
  refused?: ApiError;
}

/** What a sender is told of a frame that is durable. */
interface Ack {
  ack: number;
  seq?: { shard: number; first: number; last: number };
  refused?: Refusal[];
  repeated?: true;
}

/**
 * Stores consecutive frames in one write of the stream, all of them or none, and says what each is answered. A frame
 * that was stored before, by a socket that broke, is not stored again.
 */
export async function storeFrames(
  env: Env,
  service: string,
  session: string,
  frames: Frame[],
  quota?: Quota,
): Promise<Ack[]> {
  const [first] = frames;
  if (!first) return [];
  const parsed = await Promise.all(
    frames.map(({ lines, receivedMs }) => parseBatch(env, { service, entries: lines, receivedMs })),
  );
  const answer = await appendTo(env, {
    service,
    receivedMs: first.receivedMs,
    packs: countedPacksOf(parsed.flatMap(({ records }) => records)),
    origin: { kind: "frame", session, frame: first.number, lastFrame: frames.at(-1)!.number },
    quota,
  });
  if (answer.kind === "partly_repeated") {
    const isKnown = ({ number }: Frame): boolean => number <= answer.latest;
    const known = frames.filter(isKnown).map(({ number }): Ack => ({ ack: number, repeated: true }));
    const fresh = frames.filter((frame) => !isKnown(frame));
    return [...known, ...(await storeFrames(env, service, session, fresh, quota))];
  }
  const { seq, batch, kind } = storedOf(answer);
  const tookMs = Date.now() - first.receivedMs;
  for (const counts of parsed) countBatch({ ...counts, seq, batch, isRepeated: kind === "repeated" }, tookMs);
  let next = seq?.first ?? 0;
  return frames.map(({ number }, at): Ack => {
    const { records, refused } = parsed[at]!;
    const range = seq && records.length > 0 ? { ...seq, first: next, last: next + records.length - 1 } : undefined;
    next += records.length;
    return {
      ack: number,
      ...(range && { seq: range }),
      ...(refused.length > 0 && { refused }),
      ...(kind === "repeated" && { repeated: true }),
    };
  });
}
