import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";

/**
 * A WebSocket that only listens, and offers no compression: Node's own always does, and a thousand compressed copies are
 * then most of what the shared machine does. RFC 6455, server frames: never masked, here never fragmented.
 */
export function listen(address: URL, token: string, onText: (text: string) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    };
    const sent = request(address, { headers });
    sent.on("error", reject);
    sent.on("response", ({ statusCode }) => reject(new Error(`a live socket was answered ${statusCode}`)));
    sent.on("upgrade", (_response, socket: Socket, head: Buffer) => {
      const read = frameReader(onText);
      socket.on("error", () => {});
      socket.on("data", read);
      if (head.length > 0) read(head);
      resolve(socket);
    });
    sent.end();
  });
}

const TEXT = 1;

function frameReader(onText: (text: string) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const short = held.length < 2 ? -1 : held[1]! & 0x7f;
      const begin = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (short < 0 || held.length < begin) return;
      const length = short === 127 ? Number(held.readBigUInt64BE(2)) : short === 126 ? held.readUInt16BE(2) : short;
      if (held.length < begin + length) return;
      if ((held[0]! & 0x0f) === TEXT) onText(held.toString("latin1", begin, begin + length));
      held = held.subarray(begin + length);
    }
  };
}
