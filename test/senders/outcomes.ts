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

/** What becomes of records whose requests meet a fault twice. */
export type Outcome = "once" | "lost" | "twice";
