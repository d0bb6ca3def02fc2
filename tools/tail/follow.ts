import { retryDelayMs } from "../../clients/js/retry.ts";
import type { Frame } from "../../core/live/frames.ts";

export interface FollowOptions {
  url: string;
  token: string | undefined;
  service: string;
  q: string;
  /** Ends it. */
  signal: AbortSignal;
  onFrame: (frame: Frame) => void;
  /** The connection broke, and why; it is tried again after so long. */
  onBreak: (reason: string, delayMs: number) => void;
}

/** Follows a service's live frames until the signal comes. After a break it goes on after the last record that it knows of. */
export function follow({ url, token, service, q, signal, onFrame, onBreak }: FollowOptions): Promise<void> {
  let since: string | undefined;
  let attempts = 0;
  let socket: WebSocket | undefined;
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      socket?.close();
      resolve();
    });
    const connect = (): void => {
      if (signal.aborted) return;
      const address = new URL("/api/live", url.replace(/^http/, "ws"));
      for (const [name, value] of Object.entries({ service, q, key: token, since }))
        if (value !== undefined && value !== "") address.searchParams.set(name, value);
      socket = new WebSocket(address);
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(String(data)) as Frame;
        attempts = 0;
        onFrame(frame);
        // Only counters: they come after the records that they count. The first hello is where following begins.
        if (frame.type === "counters" || (frame.type === "hello" && since === undefined)) since = frame.since;
        if (frame.type === "probe") {
          const { type: _, service: __, ...figures } = frame;
          const watcherMs = Date.now();
          socket?.send(JSON.stringify({ type: "seen", ...figures, heldMs: 0, watcherMs }));
        }
      };
      socket.onclose = ({ reason, code }) => {
        if (signal.aborted) return;
        const delayMs = retryDelayMs(++attempts, 0, Math.random());
        onBreak(reason || `code ${code}`, delayMs);
        setTimeout(connect, delayMs);
      };
    };
    connect();
  });
}
