import { signal } from "@preact/signals";

/** By how much the server's clock is ahead of this machine's; the smallest difference seen has the least travel in it. */
let skewMs: number | undefined;

/** A frame that the server sent at `atMs` of its clock was just read. */
export function noteServerTime(atMs: number): void {
  const seenMs = atMs - Date.now();
  skewMs = skewMs === undefined ? seenMs : Math.max(skewMs, seenMs);
}

/** The server's time: what the axis of live counters is in. */
export const serverNowMs = (): number => Date.now() + (skewMs ?? 0);

/** The server's time, once a second while the page is shown: for whatever grows old on screen. */
export const nowMs = signal(Date.now());

export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) nowMs.value = serverNowMs();
  }, 1_000);
  document.addEventListener("visibilitychange", () => {
    nowMs.value = serverNowMs();
  });
}
