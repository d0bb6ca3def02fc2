import { ApiFailure, ask } from "../api/client.ts";
import { knownToken } from "../api/session.ts";
import { SAMPLE_SERVICE, sampleTraffic } from "./is-sample.ts";
import { sampleLines } from "./sample-lines.ts";

const LINES = 20;
const EVERY_MS = 500;
const LASTS_MS = 5 * 60_000;
/** The key that is made for it, where the page knows none, ends by itself soon after. */
const KEY_SPARE_MS = 60_000;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to send lines of a shop that does not exist, as any sender does: 40 a second for five minutes, or until stopped. */
export async function startSampleTraffic(): Promise<void> {
  stopSampleTraffic();
  const endsMs = Date.now() + LASTS_MS;
  sampleTraffic.value = { sent: 0, endsMs };
  try {
    const key = knownToken.peek() ?? (await sampleKey(endsMs + KEY_SPARE_MS));
    await sendOn(key, endsMs);
  } catch (failure) {
    if (!(failure instanceof ApiFailure)) throw failure;
    sampleTraffic.value = { sent: 0, endsMs, problem: failure.message };
  }
}

export function stopSampleTraffic(): void {
  clearTimeout(timer);
  sampleTraffic.value = undefined;
}

/** Cookies never send lines: a key that may send to this one service, and not for long. */
async function sampleKey(expiresMs: number): Promise<string> {
  const body = { name: "sample traffic", scope: "ingest", services: [SAMPLE_SERVICE], expires: expiresMs };
  return (await ask<{ key: string }>("/api/keys", { body })).key;
}

async function sendOn(key: string, endsMs: number): Promise<void> {
  const response = await fetch(`/ingest/${SAMPLE_SERVICE}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    body: sampleLines(LINES, Date.now(), Math.random),
  }).catch(() => undefined);
  const running = sampleTraffic.peek();
  if (!running) return;
  if (response?.status === 401 || response?.status === 403) {
    sampleTraffic.value = { ...running, problem: "the server refuses the key" };
    return;
  }
  if (response?.ok) sampleTraffic.value = { ...running, sent: running.sent + LINES };
  if (Date.now() >= endsMs) return stopSampleTraffic();
  timer = setTimeout(() => void sendOn(key, endsMs), EVERY_MS);
}
