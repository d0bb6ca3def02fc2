import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** How a request with records is answered instead of passing. */
export interface Fault {
  name: string;
  /** undefined: the connection breaks. */
  status?: number;
  contentType?: string;
  body?: string;
  /** Whether the server has taken the request before its answer is lost. */
  isStored: boolean;
}

export interface FaultyProxy {
  origin: string;
  /** What requests with records were answered, in their order; 0 where the connection was broken. */
  answered: number[];
  stop(): Promise<void>;
}

/** A proxy in front of a server that answers the first requests with records by a fault, and passes on everything else. */
export async function startFaultyProxy(target: string, fault: Fault, faults: number): Promise<FaultyProxy> {
  const answered: number[] = [];
  let left = faults;
  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const isFaulty = carriesRecords(incoming) && left-- > 0;
    if (isFaulty && !fault.isStored) return answerWith(fault);
    pass(target, incoming, body, outgoing, (status) => {
      if (isFaulty) return answerWith(fault);
      if (carriesRecords(incoming)) answered.push(status);
      return false;
    });

    function answerWith({ status, contentType = "application/json", body: text = "" }: Fault): true {
      answered.push(status ?? 0);
      if (status === undefined) incoming.socket.destroy();
      else outgoing.writeHead(status, { "content-type": contentType, "x-elastic-product": "Elasticsearch" }).end(text);
      return true;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    origin: `http://127.0.0.1:${port}`,
    answered,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const carriesRecords = ({ method }: IncomingMessage): boolean => method === "POST" || method === "PUT";

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    // The sender went away; what it sent is answered to nobody.
  }
  return Buffer.concat(chunks);
}

/** @param intercept sees the status and says whether it has answered itself */
function pass(
  target: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  intercept: (status: number) => boolean,
): void {
  const { "transfer-encoding": _chunked, expect: _expect, connection: _connection, ...headers } = incoming.headers;
  const onward = request(target + incoming.url, {
    method: incoming.method,
    headers: { ...headers, "content-length": body.length },
  });
  onward.once("error", () => incoming.socket.destroy());
  onward.once("response", (answer) => {
    if (intercept(answer.statusCode!)) return answer.resume();
    outgoing.writeHead(answer.statusCode!, answer.headers);
    return answer.pipe(outgoing);
  });
  onward.end(body);
}
