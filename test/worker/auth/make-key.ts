import { ask, json } from "../ask.ts";

export interface MadeKey {
  /** The secret. */
  key: string;
  id: string;
  prefix: string;
  expires: string | null;
}

/** A new key, by POST /api/keys. */
export const makeKey = (scope: string, more: object = {}): Promise<MadeKey> =>
  json(postJson("/api/keys", { name: `a key of ${scope}`, scope, ...more }));

export const postJson = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  ask(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...headers },
  });

export const bearer = (key: string): Record<string, string> => ({ Authorization: `Bearer ${key}` });

/** Limits are counted in windows of the clock: waits for the next one where little of this one is left. */
export async function windowWithTime(windowMs: number): Promise<void> {
  const leftMs = windowMs - (Date.now() % windowMs);
  if (leftMs < 3_000) await scheduler.wait(leftMs);
}
