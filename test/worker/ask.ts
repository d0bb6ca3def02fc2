import { env, exports } from "cloudflare:workers";
import { expect, vi } from "vitest";
import type { Env } from "../../worker/env.ts";

/** What wrangler.toml binds, as the Worker sees it. */
export const bindings = env as unknown as Env;

export const TOKEN = "test-admin-token";
const ORIGIN = "http://weir.test";

/** A request to the Worker with the admin token, unless the headers say otherwise. */
export function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has("Authorization") && !headers.has("X-No-Key")) headers.set("Authorization", `Bearer ${TOKEN}`);
  return (exports as unknown as { default: Fetcher }).default.fetch(
    new Request(new URL(path, ORIGIN), { ...init, headers }),
  );
}

export const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  ask(path, { method: "POST", body, headers });

/** The JSON of an answer that has to be 2xx. */
export async function json<Body = Record<string, never>>(response: Response | Promise<Response>): Promise<Body> {
  const answer = await response;
  const text = await answer.text();
  expect(answer.ok, text).toBe(true);
  return JSON.parse(text) as Body;
}

/** Waits until the database has everything that was acknowledged. */
export async function settled(): Promise<void> {
  await vi.waitFor(
    async () => expect((await json<{ unconfirmed: number }>(ask("/api/pipeline"))).unconfirmed).toBe(0),
    { timeout: 15_000, interval: 100 },
  );
}

/** A combined access line. */
export const accessLine = ({
  ip = "203.0.113.7",
  time = "22/Nov/2026:10:00:00 +0000",
  path = "/",
  status = 200,
  bytes = 512,
  tail = "",
} = {}): string =>
  `${ip} - - [${time}] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"${tail}`;
