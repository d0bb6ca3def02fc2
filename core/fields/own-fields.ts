import type { LogRecord } from "../record.ts";

/** Texts that a line itself may say. */
export const OWN_TEXTS = [
  "message",
  "method",
  "path",
  "protocol",
  "ip",
  "user",
  "referrer",
  "userAgent",
  "country",
  "city",
  "host",
  "app",
  "pid",
  "traceId",
  "spanId",
  "userId",
  "sessionId",
  "event",
] as const satisfies readonly (keyof LogRecord)[];

/** Numbers that a line itself may say. */
export const OWN_NUMBERS = ["status", "bytes", "durationMs"] as const satisfies readonly (keyof LogRecord)[];

/** Texts that are worked out from those. */
export const DERIVED_TEXTS = [
  "pathTemplate",
  "browser",
  "os",
  "device",
  "bot",
] as const satisfies readonly (keyof LogRecord)[];
