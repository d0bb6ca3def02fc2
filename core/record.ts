/** Severity, weakest first: the index is what is stored. */
export const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type Level = (typeof LEVELS)[number];

/** What happened to a record on its way in; bit n of the stored number is the n-th name. Append only. */
export const FLAGS = ["late", "early", "cut", "redacted", "no_time", "joined", "sampled", "invalid_utf8"] as const;
export type Flag = (typeof FLAGS)[number];

/**
 * A parsed, cleaned, enriched line: the one shape a line has inside.
 *
 * A class, so that every record has the same hidden class in V8: a batch of 20,000 is read field by field several
 * times on its way. Absent is `undefined`.
 */
export class LogRecord {
  /** Epoch milliseconds, integer, may be negative (before 1970). */
  tsMs = 0;
  /** Nanoseconds inside the millisecond, 1-999,999; undefined when zero. */
  subNs: number | undefined = undefined;
  level: Level | undefined = undefined;
  /** For access lines the request line as given. */
  message: string | undefined = undefined;
  method: string | undefined = undefined;
  /** As requested, with its query string. */
  path: string | undefined = undefined;
  /** `/items/123?x=1` → `/items/:id`. */
  pathTemplate: string | undefined = undefined;
  protocol: string | undefined = undefined;
  status: number | undefined = undefined;
  /** Size of the response body. */
  bytes: number | undefined = undefined;
  durationMs: number | undefined = undefined;
  ip: string | undefined = undefined;
  user: string | undefined = undefined;
  referrer: string | undefined = undefined;
  userAgent: string | undefined = undefined;
  browser: string | undefined = undefined;
  os: string | undefined = undefined;
  /** desktop, mobile, tablet, bot, tv, console, wearable, embedded. */
  device: string | undefined = undefined;
  /** Name of the crawler or program, when the user agent is not a person's. */
  bot: string | undefined = undefined;
  /** ISO 3166-1 alpha-2. */
  country: string | undefined = undefined;
  city: string | undefined = undefined;
  host: string | undefined = undefined;
  app: string | undefined = undefined;
  pid: string | undefined = undefined;
  traceId: string | undefined = undefined;
  spanId: string | undefined = undefined;
  userId: string | undefined = undefined;
  sessionId: string | undefined = undefined;
  event: string | undefined = undefined;
  /** Everything that has no field of its own, with its type kept. */
  attrs: Record<string, unknown> | undefined = undefined;
  /** The line as received; undefined where the record can be turned back into it (see `rawOf`). */
  raw: string | undefined = undefined;
  /** Name of the parser that took the line. */
  parser = "text";
  flags: Flag[] | undefined = undefined;
}

/** One thing that a protocol found in a request: a line of text, or fields that the sender had taken apart already. */
export type Entry = string | FieldEntry;

export interface FieldEntry {
  /** Fields under the sender's own names; known names become fields of the record, the rest its attrs. */
  fields: Record<string, unknown>;
  /** The JSON text that the fields were read from, where there is one. */
  line?: string;
  /** A line among the fields that is still to be parsed: what it says of itself wins over the fields around it. */
  text?: string;
  /** A time from the protocol's envelope, as epoch nanoseconds or milliseconds; wins over a time among the fields. */
  timeNs?: bigint;
  timeMs?: number;
}
