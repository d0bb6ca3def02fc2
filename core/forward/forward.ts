import * as v from "valibot";

const MAX_HEADERS = 20;
/** Set by the sending itself; a name here would break the request or lie about it. */
const RESERVED = /^(?:content-length|content-type|content-encoding|host|connection|transfer-encoding|cookie|cf-.*)$/i;

const headers = v.pipe(
  v.record(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9-]{1,64}$/, "a header's name is 1-64 of letters, digits and dash"),
      v.check((name) => !RESERVED.test(name), "this header is not yours to set"),
    ),
    v.pipe(v.string(), v.maxLength(4_000), v.regex(/^[\t\x20-\x7e]*$/, "a header's value is printable ASCII")),
  ),
  v.check((given) => Object.keys(given).length <= MAX_HEADERS, `at most ${MAX_HEADERS} headers`),
);

/** Where a service's records are also sent, and how. */
export const forwardSchema = v.strictObject({
  service: v.pipe(v.string(), v.nonEmpty()),
  /** http: NDJSON as GET /api/export has it. otlp: OTLP/HTTP in JSON. loki: Loki's push in JSON. */
  kind: v.picklist(["http", "otlp", "loki"]),
  url: v.pipe(v.string(), v.url(), v.maxLength(2_000)),
  /** Sent with every request; their values are never shown again. */
  headers: v.optional(headers, {}),
  /** Only records that match; all where it is empty. */
  q: v.optional(v.pipe(v.string(), v.maxLength(4_000)), ""),
});

export type ForwardSettings = v.InferOutput<typeof forwardSchema>;

export interface Forward extends ForwardSettings {
  id: string;
}

/** One pack on its way to one place. */
export interface ForwardMessage {
  forwardId: string;
  service: string;
  shard: number;
  firstSeq: number;
  count: number;
  /** The pack as journalled: compressed pack text. */
  body: Uint8Array;
}

/** What is tried again: the other side is busy or away. Everything else it refused for good. */
export const isWorthRepeating = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500;

const FIRST_RETRY_SECONDS = 5;
const MAX_RETRY_SECONDS = 900;

/** With the 12 tries of wrangler.toml about an hour and a half: longer than most outages. @param attempts tries so far, from 1 */
export const retryAfterSeconds = (attempts: number): number =>
  Math.min(FIRST_RETRY_SECONDS * 2 ** (attempts - 1), MAX_RETRY_SECONDS);
