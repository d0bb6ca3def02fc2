import { MAX_ENTRIES } from "../../core/ingest/limits.ts";
import type { Entry } from "../../core/record.ts";
import { logWarning } from "../../durable-objects/log.ts";
import { type Env, streamOf } from "../env.ts";
import { ApiError } from "../errors.ts";
import { ingestBatch } from "./ingest-batch.ts";

/** One message; longer ones are refused with 1009 as RFC 6455 has it. */
export const MAX_MESSAGE_CHARS = 1_000_000;
/** Frames that a sender may have unacknowledged. */
const CREDIT = 64;

/**
 * A sender's socket: every text message is one frame of one or more lines, answered `{"ack":n,"seq":{…}}` once its
 * records are durable. The server speaks first: which session this is and which frame comes next. A sender that comes
 * back with its session hears the first frame that is not durable yet, and begins there.
 *
 * Frames are parsed as they come and appended in their order; one that cannot be stored ends the socket, so that none
 * after it is stored before it.
 */
export async function ingestSocket(env: Env, service: string, session: string): Promise<Response> {
  const { 0: client, 1: server } = new WebSocketPair();
  const stream = streamOf(env, service);
  let frame = (await stream.lastFrame(session)) + 1;
  let previous: Promise<void> = Promise.resolve();
  let isOver = false;

  server.accept();
  const say = (message: object): void => {
    if (server.readyState === WebSocket.READY_STATE_OPEN) server.send(JSON.stringify(message));
  };
  const fail = (number: number, error: unknown): void => {
    isOver = true;
    const known = error instanceof ApiError ? error : new ApiError("overloaded", "the frame could not be stored");
    if (!(error instanceof ApiError)) logWarning("frame_failed", { service, error });
    say({ error: { code: known.code, message: known.message, frame: number } });
    server.close(known.code === "payload_too_large" || known.code === "too_many_lines" ? 1009 : 1013, known.code);
  };
  const take = async (number: number, text: string): Promise<void> => {
    if (isOver) return;
    try {
      const entries = linesOf(text);
      const stored = await ingestBatch(env, {
        service,
        entries,
        receivedMs: Date.now(),
        originOf: () => ({ kind: "frame", session, frame: number }),
      });
      const refused = stored.refused.length > 0 ? { refused: stored.refused } : {};
      say({
        ack: number,
        ...(stored.seq ? { seq: stored.seq } : {}),
        ...refused,
        ...(stored.isRepeated ? { repeated: true } : {}),
      });
    } catch (error) {
      fail(number, error);
    }
  };

  server.addEventListener("message", ({ data }) => {
    const number = frame++;
    if (typeof data !== "string") return fail(number, new ApiError("invalid_request", "frames are text"));
    if (data.length > MAX_MESSAGE_CHARS) {
      return fail(number, new ApiError("payload_too_large", `a message may have ${MAX_MESSAGE_CHARS} characters`));
    }
    previous = previous.then(() => take(number, data));
  });
  say({ session, next: frame, credit: CREDIT });
  return new Response(null, { status: 101, webSocket: client });
}

function linesOf(text: string): Entry[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > MAX_ENTRIES) throw new ApiError("too_many_lines", `a message may have ${MAX_ENTRIES} lines`);
  return lines;
}
