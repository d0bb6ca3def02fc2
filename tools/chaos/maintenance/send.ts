import type { Server } from "../../../bench/with-server.ts";

/** A request with the admin token; its JSON, where there is any. Throws for any answer but 2xx. */
export async function send(server: Server, method: string, path: string, body: object | string): Promise<unknown> {
  const isText = typeof body === "string";
  const headers = {
    authorization: `Bearer ${server.token}`,
    "content-type": isText ? "text/plain" : "application/json",
  };
  const answer = await fetch(server.url + path, { method, headers, body: isText ? body : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text === "" ? undefined : JSON.parse(text);
}
