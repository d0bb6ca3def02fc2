import type { ClientFrame, Frame } from "../../core/live/frames.ts";
import { beforePaint } from "./before-paint.ts";

/** `waiting`: broken, and tried again at `retryMs`. */
export type LinkState = { kind: "connecting" } | { kind: "open" } | { kind: "waiting"; retryMs: number };

interface LiveSocketOptions {
  /** The address to open, asked for again at each attempt: it says where to go on. */
  address: () => string;
  /** Everything that arrived since the last paint, in order, and when the first of it did (of `performance.now`). */
  onFrames: (frames: Frame[], heardMs: number) => void;
  onState: (state: LinkState) => void;
}

const FIRST_RETRY_MS = 400;
const MAX_RETRY_MS = 10_000;
/** The server answers a ping without waking; a link that is silent for twice as long is taken for dead. */
const PING_EVERY_MS = 20_000;

/** A WebSocket that comes back by itself, and hands its frames over once a paint. */
export class LiveSocket {
  readonly #options: LiveSocketOptions;
  #socket: WebSocket | undefined;
  #queue: string[] = [];
  #queuedMs = 0;
  #attempts = 0;
  #heardMs = 0;
  #isClosed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #ping: ReturnType<typeof setInterval>;
  readonly #deliver = (): void => this.#flush();

  constructor(options: LiveSocketOptions) {
    this.#options = options;
    this.#ping = setInterval(() => this.#checkLink(), PING_EVERY_MS);
    addEventListener("online", this.#retryNow);
    this.#open();
  }

  /** Says it if the link is open; what must outlive a break belongs into the address. */
  send(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#ping);
    clearTimeout(this.#retry);
    removeEventListener("online", this.#retryNow);
    this.#socket?.close();
  }

  #open(): void {
    this.#options.onState({ kind: "connecting" });
    const address = new URL(this.#options.address(), location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempts = 0;
      this.#heardMs = Date.now();
      this.#options.onState({ kind: "open" });
    };
    socket.onmessage = ({ data }) => {
      this.#heardMs = Date.now();
      if (data === "pong") return;
      if (this.#queue.length === 0) this.#queuedMs = performance.now();
      this.#queue.push(String(data));
      beforePaint(this.#deliver);
    };
    socket.onclose = () => {
      if (this.#socket !== socket || this.#isClosed) return;
      this.#flush();
      this.#waitAndRetry();
    };
  }

  #waitAndRetry(): void {
    // Jitter: a hundred open pages must not come back in the same moment.
    const waitMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts++) * (0.75 + Math.random() / 2);
    this.#options.onState({ kind: "waiting", retryMs: Date.now() + waitMs });
    this.#retry = setTimeout(() => this.#open(), waitMs);
  }

  readonly #retryNow = (): void => {
    if (this.#retry === undefined || this.#socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.#retry);
    this.#open();
  };

  #checkLink(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.#heardMs > 2 * PING_EVERY_MS) this.#socket.close();
    else this.#socket.send("ping");
  }

  #flush(): void {
    const texts = this.#queue;
    if (texts.length === 0 || this.#isClosed) return;
    this.#queue = [];
    this.#options.onFrames(
      texts.map((text) => JSON.parse(text) as Frame),
      this.#queuedMs,
    );
  }
}
