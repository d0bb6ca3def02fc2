import type { Server } from "./with-server.ts";

interface TailFrame {
  type: string;
  records?: { path?: string }[];
}

/** Watches the live socket of a service and tells when a path that was asked for is seen. */
export class LiveWatcher {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, () => void>();
  readonly opened: Promise<void>;

  constructor(server: Server, service: string, filter: string) {
    const query = new URLSearchParams({ service, q: filter, key: server.token });
    this.#socket = new WebSocket(new URL(`/api/live?${query}`, server.url.replace(/^http/, "ws")));
    this.opened = new Promise((resolve, reject) => {
      this.#socket.onopen = () => resolve();
      this.#socket.onerror = () => reject(new Error("the live socket did not open"));
    });
    this.#socket.onmessage = ({ data }) => {
      const { records = [] } = JSON.parse(String(data)) as TailFrame;
      for (const { path } of records) this.#waiting.get(path ?? "")?.();
    };
  }

  /** Resolves when a record with this path arrives; rejects after 30 seconds. */
  seen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${path} was not seen within 30 s`)), 30_000);
      this.#waiting.set(path, () => {
        clearTimeout(late);
        this.#waiting.delete(path);
        resolve();
      });
    });
  }

  close(): void {
    this.#socket.close();
  }
}
