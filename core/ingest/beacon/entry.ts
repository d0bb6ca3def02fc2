import type { FieldEntry } from "../../record.ts";
import type { IngestRequest } from "../protocol.ts";

/** The browser's short names, so that the snippet stays small, and what each is called in a record. */
const NAMES: Record<string, string> = {
  e: "event",
  u: "url",
  r: "referrer",
  t: "title",
  l: "language",
  w: "width",
  h: "height",
  m: "message",
  s: "stack",
  f: "source",
  n: "line",
  c: "column",
  v: "value",
  i: "session_id",
  d: "duration_ms",
};

/** An event of a page, with what the request itself says of the one who sent it. */
export function beaconEntry(event: Record<string, unknown>, request: IngestRequest): FieldEntry {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event)) {
    const known = NAMES[name] ?? name;
    if (known !== "__proto__" && known !== "a" && value !== "") fields[known] = value;
  }
  const { a: agoMs } = event;
  fields.user_agent = request.header("user-agent");
  fields.ip = request.header("cf-connecting-ip") ?? request.header("x-real-ip");
  fields.level ??= fields.event === "error" ? "error" : "info";
  for (const name of Object.keys(fields)) if (fields[name] === undefined) delete fields[name];
  // A page's clock may be years off: it says how long ago, not when.
  return isAge(agoMs) ? { fields, timeMs: request.nowMs - agoMs } : { fields };
}

/** A page that was closed longer ago than a day sends no more. */
const isAge = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 86_400_000;
