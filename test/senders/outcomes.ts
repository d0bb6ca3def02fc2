import type { Fault } from "./faulty-proxy.ts";

const JSON_ERROR = '{"error":{"type":"scripted","reason":"scripted"},"status":503}';
const HTML_ERROR = "<!doctype html><title>error code: 1101</title>";

/** What senders meet: refusals that stored nothing, and answers that were lost after everything was stored. */
export const FAULTS: Fault[] = [
  ...[413, 429, 500, 503].map((status): Fault => ({ name: `${status}`, status, body: JSON_ERROR, isStored: false })),
  { name: "503 as a page", status: 503, contentType: "text/html", body: HTML_ERROR, isStored: false },
  { name: "connection broken", isStored: false },
  { name: "answer lost", isStored: true },
  { name: "503 after storing", status: 503, body: JSON_ERROR, isStored: true },
];

/** What becomes of the records of requests that met a fault. */
export type Outcome = "once" | "lost" | "twice";

export const outcomeOf = (sent: number, distinct: number, stored: number): Outcome =>
  distinct < sent ? "lost" : stored > sent ? "twice" : "once";

const OPENTELEMETRY: Record<string, Outcome> = { 413: "lost", 500: "lost" };

/** Where a sender does not bring everything exactly once: the table of docs/protocols.md. */
export const SHORTCOMINGS: Record<string, Record<string, Outcome>> = {
  "pino-loki": {
    413: "lost",
    429: "lost",
    500: "lost",
    503: "lost",
    "503 as a page": "lost",
    "connection broken": "lost",
  },
  "opentelemetry-js-http": OPENTELEMETRY,
  "opentelemetry-js-proto": OPENTELEMETRY,
  rsyslog: { 413: "lost", 429: "lost", 500: "lost", 503: "lost", "503 as a page": "twice", "answer lost": "twice" },
};
