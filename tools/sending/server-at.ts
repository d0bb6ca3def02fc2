import { Failure } from "./failure.ts";
import { saidOf } from "./said-of.ts";

const TIMEOUT_MS = 5_000;

/** Makes sure that a Weir answers at `url` and takes the token, before a line is made. Throws {@link Failure}. */
export async function checkServer(url: string, service: string, token: string | undefined): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let status: number;
  let text: string;
  try {
    const address = new URL(`/ingest/${encodeURIComponent(service)}?dry=1`, url);
    const headers = { "content-type": "text/plain", ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(address, { method: "POST", body: "hello", headers, signal });
    status = response.status;
    text = await response.text();
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message;
    throw new Failure(
      `No server answers at ${url} (${cause}). Start one with "npm start", or name another with --url.`,
    );
  }
  if (status === 401 || status === 403) {
    const how = token ? "The token was not accepted" : "No token was found";
    throw new Failure(`${how}: give one with --token or in WEIR_TOKEN. The server at ${url} answered ${status}.`);
  }
  if (status !== 200 && status < 500 && status !== 429) {
    throw new Failure(`The server at ${url} does not take lines for "${service}" (${status}): ${saidOf(text)}`);
  }
}
