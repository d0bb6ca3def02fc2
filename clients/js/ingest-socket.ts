import { type BatchAnswer, PostError } from "./post-batch.ts";
import { retryDelayMs } from "./retry.ts";

/** The server's first word on a socket. */
interface Hello {
  session: string;
  /** The frame it expects; all before are durable. */
  next: number;
  /** Frames that may be on their way without an answer. */
  credit: number;
}

/** Frame `ack` is durable, and so are all before it. */
interface Ack {
  ack: number;
  seq?: BatchAnswer["seq"];
  refused?: BatchAnswer["refused"];
}

/** The server closes the socket after it; only a frame that it can never take is given up. */
interface Failed {
  error: { code: string; message: string; frame: number };
}

const HOPELESS = new Set(["invalid_request", "payload_too_large", "too_many_lines"]);

interface Frame {
  number: number;
  text: string;
  resolve: (answer: BatchAnswer) => void;
  reject: (error: PostError) => void;
}

/**
 * One ingest WebSocket that outlives its connections: after a break it goes on in its session, from the first frame
 * that the server did not make durable, so that nothing is lost and nothing is doubled.
 */
export class IngestSocket {
  readonly #address: URL;
  #socket: WebSocket | undefined;
  #session: string | undefined;
  #credit = 0;
  #numbered = 0;
  #attempts = 0;
  #closed = false;
  /** Sent and not answered, oldest first. */
  #onWay: Frame[] = [];
  #waiting: Frame[] = [];

  constructor(url: string, service: string, token: string | undefined) {
    this.#address = new URL(`/ingest/${encodeURIComponent(service)}`, url.replace(/^http/, "ws"));
    if (token) this.#address.searchParams.set("key", token);
    this.#connect();
  }

  /** Sends one message of one or more lines; resolves when it is durable. */
  send(text: string): Promise<BatchAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ number: ++this.#numbered, text, resolve, reject });
      this.#pump();
    });
  }

  /** Breaks the connection as a network does; the socket comes back by itself. */
  cut(): void {
    this.#socket?.close();
  }

  close(): void {
    this.#closed = true;
    this.#socket?.close(1000);
  }

  #connect(): void {
    if (this.#session) this.#address.searchParams.set("session", this.#session);
    const socket = new WebSocket(this.#address);
    let open = false;
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data)) as Hello | Ack | Failed;
      if ("session" in frame) {
        open = true;
        this.#onHello(frame, socket);
      } else if ("ack" in frame) this.#onAck(frame);
      else if (HOPELESS.has(frame.error.code)) this.#giveUp(frame);
    };
    socket.onclose = ({ reason }) => {
      this.#socket = undefined;
      if (this.#closed) return;
      if (open) this.#attempts = 0;
      const delayMs = retryDelayMs(++this.#attempts, 0, Math.random());
      setTimeout(() => this.#connect(), delayMs);
      if (reason && !open) console.warn(`weir: the socket was closed: ${reason}`);
    };
  }

  #onHello({ session, next, credit }: Hello, socket: WebSocket): void {
    const unanswered = [...this.#onWay, ...this.#waiting];
    const durable = session === this.#session ? unanswered.filter(({ number }) => number < next) : [];
    // Their answers were lost with the connection.
    for (const { text, resolve } of durable) resolve({ accepted: linesIn(text), dropped: {}, refused: [] });
    this.#onWay = [];
    this.#waiting = unanswered.slice(durable.length);
    this.#numbered = next - 1;
    for (const frame of this.#waiting) frame.number = ++this.#numbered;
    this.#session = session;
    this.#credit = credit;
    this.#socket = socket;
    this.#pump();
  }

  #onAck({ ack, seq, refused = [] }: Ack): void {
    while (this.#onWay.length > 0 && this.#onWay[0]!.number <= ack) {
      const { text, resolve } = this.#onWay.shift()!;
      resolve({ accepted: linesIn(text) - refused.length, dropped: {}, refused, seq });
    }
    this.#pump();
  }

  #giveUp({ error }: Failed): void {
    const frame = this.#onWay.find(({ number }) => number === error.frame);
    this.#onWay = this.#onWay.filter((other) => other !== frame);
    frame?.reject(new PostError(400, error.code, error.message));
  }

  #pump(): void {
    while (this.#socket && this.#waiting.length > 0 && this.#onWay.length < this.#credit) {
      const frame = this.#waiting.shift()!;
      this.#onWay.push(frame);
      this.#socket.send(frame.text);
    }
  }
}

const linesIn = (text: string) => text.split("\n").length;
