import type { ClientFrame, Frame, SeenAnswer } from "../core/live/frames.ts";
import { parseFilter } from "../core/query/parse-filter.ts";

/** What a socket asked for; survives hibernation as its attachment (16,384 bytes at most). */
interface Wish {
  q: string;
  isPaused: boolean;
}

/** A filter longer than this would not fit the attachment. */
const MAX_FILTER_CHARS = 4_000;

/** Hibernating sockets and what each of them wants to see. */
export class Sockets {
  readonly #ctx: DurableObjectState;
  readonly #onSeen: (answer: SeenAnswer) => void;
  /** The attachments as read: a thousand sockets are looked at ten times a second. */
  readonly #wishes = new WeakMap<WebSocket, Wish>();

  constructor(ctx: DurableObjectState, onSeen: (answer: SeenAnswer) => void) {
    this.#ctx = ctx;
    this.#onSeen = onSeen;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  count(): number {
    return this.#ctx.getWebSockets().length;
  }

  *all(): Generator<[WebSocket, Wish]> {
    for (const socket of this.#ctx.getWebSockets()) yield [socket, this.#wishOf(socket)];
  }

  accept(wish: Wish, owners: string[]): { socket: WebSocket; response: Response } {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server, owners);
    this.#keep(server, wish);
    return { socket: server, response: new Response(null, { status: 101, webSocket: client }) };
  }

  onMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const frame = clientFrameOf(message);
    const wish = this.#wishOf(socket);
    if (frame?.type === "pause" || frame?.type === "resume") {
      this.#keep(socket, { ...wish, isPaused: frame.type === "pause" });
    } else if (frame?.type === "filter" && frame.q.length <= MAX_FILTER_CHARS) {
      const parsed = parseFilter(frame.q);
      if (parsed.ok) {
        this.#keep(socket, { ...wish, q: frame.q });
        this.send(socket, JSON.stringify({ type: "filter", q: frame.q } satisfies Frame));
      } else this.#refuse(socket, parsed.reason, parsed.detail);
    } else if (frame?.type === "seen" && isSeenAnswer(frame)) {
      this.#onSeen(frame);
    } else {
      this.#refuse(socket, "invalid_request", "expected a filter, pause, resume or seen frame");
    }
  }

  send(socket: WebSocket, text: string): void {
    try {
      socket.send(text);
    } catch {
      // The socket closed meanwhile; its close event follows.
    }
  }

  #refuse(socket: WebSocket, code: string, message: string): void {
    this.send(socket, JSON.stringify({ type: "error", code, message } satisfies Frame));
  }

  #keep(socket: WebSocket, wish: Wish): void {
    socket.serializeAttachment(wish);
    this.#wishes.set(socket, wish);
  }

  #wishOf(socket: WebSocket): Wish {
    let wish = this.#wishes.get(socket);
    if (!wish) {
      wish = socket.deserializeAttachment() as Wish;
      this.#wishes.set(socket, wish);
    }
    return wish;
  }
}

function clientFrameOf(message: string | ArrayBuffer): ClientFrame | undefined {
  if (typeof message !== "string") return undefined;
  try {
    const frame = JSON.parse(message) as ClientFrame;
    return frame.type === "filter" && typeof frame.q !== "string" ? undefined : frame;
  } catch {
    return undefined;
  }
}

/** Every time is a moment or a length of this age of the world; a watcher's word is never believed further. */
const isSeenAnswer = ({ recordMs, edgeMs, streamMs, sentMs, heldMs, watcherMs }: SeenAnswer): boolean =>
  [edgeMs, streamMs, sentMs, watcherMs, recordMs ?? 0].every((ms) => Number.isFinite(ms) && ms >= 0) &&
  Number.isFinite(heldMs) &&
  heldMs >= 0 &&
  heldMs < 60_000 &&
  sentMs <= Date.now() &&
  Date.now() - sentMs < 60_000 &&
  edgeMs <= sentMs + 60_000;
