import type { Quota } from "../../core/delivery/message.ts";
import { MAX_ENTRIES } from "../../core/ingest/limits.ts";
import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { ApiError, type ErrorCode } from "../errors.ts";
import { lastFrameOf } from "./append-to.ts";
import { type Frame, storeFrames } from "./store-frames.ts";

/** One message; longer ones are refused with 1009 as RFC 6455 has it. */
export const MAX_MESSAGE_CHARS = 1_000_000;
/** Frames that a sender may have unacknowledged. */
const CREDIT = 64;

/** Who sends by a socket. */
interface SocketSender {
  quota?: Quota | undefined;
  /** @throws ApiError where it may not send any more */
  check(): Promise<void>;
}

/**
 * A sender's socket: every text message is one frame of one or more lines, answered `{"ack":n,"seq":{…}}` once its
 * records are durable. The server speaks first: which session this is and which frame comes next. A sender that comes
 * back with its session hears the first frame that is not durable yet, and begins there.
 *
 * Frames are stored in their order; those that arrive while others are being written share the next write. One that
 * cannot be stored ends the socket, so that none after it is stored before it.
 */
export async function ingestSocket(
  env: Env,
  service: string,
  session: string,
  sender: SocketSender,
): Promise<Response> {
  const { 0: client, 1: server } = new WebSocketPair();
  let frame = (await lastFrameOf(env, service, session)) + 1;
  const waiting: Frame[] = [];
  let isWriting = false;
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
    server.close(CLOSE_CODES[known.code] ?? 1013, known.code);
  };
  const write = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0 && !isOver) {
      const frames = groupOf(waiting);
      try {
        await sender.check();
        for (const ack of await storeFrames(env, service, session, frames, sender.quota)) say(ack);
      } catch (error) {
        fail(frames[0]!.number, error);
      }
      const refused = waiting[0]?.refused;
      if (refused && !isOver) fail(waiting[0]!.number, refused);
    }
    isWriting = false;
  };

  server.addEventListener("message", ({ data }) => {
    if (isOver) return;
    // A sender that does not keep to its credit would fill the memory.
    if (waiting.length > CREDIT)
      return fail(frame, new ApiError("rate_limited", `at most ${CREDIT} frames unanswered`));
    waiting.push(frameOf(frame++, data));
    if (!isWriting) void write();
  });
  say({ session, next: frame, credit: CREDIT });
  return new Response(null, { status: 101, webSocket: client });
}

/** RFC 6455: 1009 too big, 1008 against what the sender may do; else 1013, try again later. */
const CLOSE_CODES: Partial<Record<ErrorCode, number>> = {
  payload_too_large: 1009,
  too_many_lines: 1009,
  unauthorized: 1008,
};

function frameOf(number: number, data: unknown): Frame {
  if (typeof data !== "string") return refusedFrame(number, new ApiError("invalid_request", "frames are text"));
  if (data.length > MAX_MESSAGE_CHARS) {
    const text = `a message may have ${MAX_MESSAGE_CHARS} characters`;
    return refusedFrame(number, new ApiError("payload_too_large", text));
  }
  const lines = data.split("\n").filter((line) => line.trim() !== "");
  if (lines.length <= MAX_ENTRIES) return { number, lines, chars: data.length, receivedMs: Date.now() };
  return refusedFrame(number, new ApiError("too_many_lines", `a message may have ${MAX_ENTRIES} lines`));
}

const refusedFrame = (number: number, refused: ApiError): Frame => ({
  number,
  lines: [],
  chars: 0,
  receivedMs: 0,
  refused,
});

/** Takes from the front what is written together: no more than one large message, and nothing past a refused frame. */
function groupOf(waiting: Frame[]): Frame[] {
  let count = 0;
  let chars = 0;
  let lines = 0;
  while (count < waiting.length && !waiting[count]!.refused) {
    chars += waiting[count]!.chars;
    lines += waiting[count]!.lines.length;
    if (count > 0 && (chars > MAX_MESSAGE_CHARS || lines > MAX_ENTRIES)) break;
    count++;
  }
  return waiting.splice(0, count);
}
