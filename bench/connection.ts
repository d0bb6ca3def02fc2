import { Agent, request } from "node:http";

export interface Reply {
  status: number;
  text: string;
}

/** One kept-alive HTTP connection. `node:http`, because fetch costs the measured machine four times as much. */
export class Connection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: URL;
  readonly #authorization: string;

  constructor(url: string, token: string) {
    this.#url = new URL(url);
    this.#authorization = `Bearer ${token}`;
  }

  /** Rejects when no answer came. */
  post(path: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.#url;
      const length = Buffer.byteLength(body);
      const all = {
        authorization: this.#authorization,
        "content-type": "text/plain",
        "content-length": length,
        ...headers,
      };
      const sent = request({ hostname, port, path, method: "POST", agent: this.#agent, headers: all }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() }));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Runs one loop on each of `count` connections; `work` gets its connection until it answers false. */
export async function onConnections(
  count: number,
  server: { url: string; token: string },
  work: (connection: Connection) => Promise<boolean>,
): Promise<void> {
  const connections = Array.from({ length: count }, () => new Connection(server.url, server.token));
  await Promise.all(
    connections.map(async (connection) => {
      while (await work(connection));
      connection.close();
    }),
  );
}
