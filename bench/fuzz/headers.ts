import fc from "fast-check";
import { nasty } from "./nasty.ts";

const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "application/x-ndjson",
  "application/x-protobuf",
  "text/plain",
  "text/html",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
  "application/vnd.fdo.journal",
  "application/logplex-1",
];

/** A header that means something to the Worker or to a platform, with a value that it does not expect. */
export const header = fc.oneof(
  fc.tuple(fc.constant("Content-Type"), fc.constantFrom(...TYPES)),
  fc.tuple(fc.constant("Content-Encoding"), fc.constantFrom("gzip", "deflate", "zstd", "br", "identity", "nonsense")),
  fc.tuple(fc.constant("Accept"), fc.constantFrom("text/html", "*/*", "application/json", "text/event-stream", ",;q=")),
  fc.tuple(fc.constant("Upgrade"), fc.constantFrom("websocket", "h2c", "WebSocket")),
  fc.tuple(fc.constant("Range"), fc.constantFrom("bytes=0-0", "bytes=-1", "bytes=9-1", "x")),
  fc.tuple(fc.constant("Origin"), fc.constantFrom("https://evil.test", "null", "x")),
  fc.tuple(fc.constant("Cookie"), fc.constantFrom("weir_session=x", "weir_session=%00", "=;;=")),
  fc.tuple(fc.constant("If-None-Match"), fc.constantFrom("*", '"x"', "W/")),
  fc.tuple(
    fc.constantFrom(
      "Idempotency-Key",
      "X-Weir-Service",
      "X-Request-Id",
      "X-Splunk-Request-Channel",
      "Sec-Fetch-Site",
      "Cf-Access-Jwt-Assertion",
      "Last-Event-ID",
      "X-Scope-OrgID",
    ),
    nasty.map((value) => value.replace(/[^\x20-\x7e]/g, "").trim()),
  ),
);
