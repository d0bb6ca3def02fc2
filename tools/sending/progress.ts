import type { Meter } from "./meter.ts";

/** A terminal gets a line that keeps changing; a log file gets one now and then. */
const TERMINAL_EVERY_MS = 250;
const FILE_EVERY_MS = 10_000;

const count = (n: number) => n.toLocaleString("en");
const time = (ms: number) => (Number.isNaN(ms) ? "-" : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`);

/** `12,000 sent, 12,000 acknowledged, 0 refused, 200 lines/s, ack p50 2.1 ms p99 8.0 ms` */
export function summaryOf(meter: Meter, elapsedMs: number): string {
  const { sent, acknowledged, refused, lost } = meter.tally;
  const rate = elapsedMs > 0 ? Math.round((acknowledged / elapsedMs) * 1_000) : 0;
  const parts = [`${count(sent)} sent`, `${count(acknowledged)} acknowledged`, `${count(refused)} refused`];
  if (lost > 0) parts.push(`${count(lost)} lost`);
  parts.push(`${count(rate)} lines/s`, `ack p50 ${time(meter.ackMs(0.5))} p99 ${time(meter.ackMs(0.99))}`);
  if (meter.lastProblem) parts.push(meter.lastProblem);
  return parts.join(", ");
}

/** Shows progress on standard error until the returned function is called; that prints the last word. */
export function showProgress(meter: Meter): () => void {
  const startMs = performance.now();
  const terminal = process.stderr.isTTY;
  const line = () => summaryOf(meter, performance.now() - startMs);
  const timer = setInterval(
    () => process.stderr.write(terminal ? `\r${line()}\x1b[K` : `${line()}\n`),
    terminal ? TERMINAL_EVERY_MS : FILE_EVERY_MS,
  );
  timer.unref();
  return () => {
    clearInterval(timer);
    process.stderr.write(`${terminal ? "\r\x1b[K" : ""}${line()}\n`);
  };
}
