import type { Socket } from "node:net";
import type { Server } from "../with-server.ts";
import { listen } from "./plain-socket.ts";

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
  #socket: Socket | undefined;

  constructor(server: Server, service: string, filter: string) {
    this.filter = filter;
    const address = new URL(`/api/live?${new URLSearchParams({ service, q: filter })}`, server.url);
    this.opened = listen(address, server.token, (text) => this.#take(text)).then((socket) => {
      this.#socket = socket;
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  /** Cheap on purpose: a thousand of these share the machine with the server. */
  #take(text: string): void {
    const atMs = Date.now();
    if (text.startsWith('{"type":"tail"')) {
      for (let at = text.indexOf("?n="); at >= 0; at = text.indexOf("?n=", at)) {
        at += 3;
        const number = Number.parseInt(text.slice(at, at + 9), 10);
        // A path stands in its record several times.
        if (this.sights.at(-1)?.number !== number) this.sights.push({ number, atMs });
      }
    } else if (text.startsWith('{"type":"gap"')) this.leftOut += (JSON.parse(text) as { count: number }).count;
  }
}
