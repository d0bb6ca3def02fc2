import type { Server } from "../with-server.ts";

interface Sight {
  /** The line's number. */
  number: number;
  /** When it arrived here, epoch milliseconds. */
  atMs: number;
}

/** One live socket that notes what it sees, and how much it is told that it does not see. */
export class Watcher {
  readonly filter: string;
  readonly sights: Sight[] = [];
  leftOut = 0;
  readonly opened: Promise<void>;
  readonly #socket: WebSocket;

  constructor(server: Server, service: string, filter: string) {
    this.filter = filter;
    const query = new URLSearchParams({ service, q: filter, key: server.token });
    this.#socket = new WebSocket(new URL(`/api/live?${query}`, server.url.replace(/^http/, "ws")));
    this.opened = new Promise((resolve, reject) => {
      this.#socket.onopen = () => resolve();
      this.#socket.onerror = () => reject(new Error("a live socket did not open"));
    });
    this.#socket.onmessage = ({ data }) => this.#take(String(data));
  }

  close(): void {
    this.#socket.close();
  }

  /** Cheap on purpose: a thousand of these share the machine with the server. */
  #take(text: string): void {
    const atMs = Date.now();
    if (text.startsWith('{"type":"tail"')) {
      for (const [, number] of text.matchAll(/"path":"[^"]*\?n=(\d+)"/g))
        this.sights.push({ number: Number(number), atMs });
    } else if (text.startsWith('{"type":"gap"')) this.leftOut += (JSON.parse(text) as { count: number }).count;
  }
}
