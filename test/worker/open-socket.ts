import { expect } from "vitest";
import { ask } from "./ask.ts";

/** A socket with everything that it has said so far, as JSON. */
export interface OpenSocket {
  socket: WebSocket;
  frames: Record<string, unknown>[];
  /** The first frame that the test accepts, waiting for it. */
  frame<Frame = Record<string, unknown>>(matches: (frame: Record<string, unknown>) => boolean): Promise<Frame>;
  close(): void;
}

export async function openSocket(path: string, headers: Record<string, string> = {}): Promise<OpenSocket> {
  const response = await ask(path, { headers: { ...headers, Upgrade: "websocket" } });
  expect(response.status, response.status === 101 ? "" : await response.clone().text()).toBe(101);
  const socket = response.webSocket!;
  const frames: Record<string, unknown>[] = [];
  socket.addEventListener("message", ({ data }) => {
    frames.push(JSON.parse(String(data)));
  });
  socket.accept();
  return {
    socket,
    frames,
    async frame<Frame>(matches: (frame: Record<string, unknown>) => boolean) {
      await expect.poll(() => frames.some(matches), { timeout: 10_000, interval: 20 }).toBe(true);
      return frames.find(matches) as Frame;
    },
    close: () => socket.close(1000),
  };
}
