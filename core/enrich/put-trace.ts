import type { LogRecord } from "../record.ts";

/** version-traceid-spanid-flags. Source: W3C Trace Context §3.2. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;

/** Trace and span of a `traceparent` header that a sender logs among its attributes. */
export function putTrace(record: LogRecord): void {
  if (record.traceId !== undefined || record.attrs === undefined) return;
  const { traceparent } = record.attrs;
  if (typeof traceparent !== "string") return;
  const ids = TRACEPARENT.exec(traceparent);
  if (ids === null) return;
  record.traceId = ids[1];
  record.spanId ??= ids[2];
}
