import { isoText } from "./iso-text.ts";
import { rawOf } from "./parse/raw-of.ts";
import type { Flag, Level, LogRecord } from "./record.ts";

/** Where an answered record was found. */
export type Source = "memory" | "database" | "archive";

/** A record wherever it is answered; absent fields are left out. */
export interface RecordJson {
  service: string;
  shard: number;
  seq: number;
  /** ISO 8601 UTC with 3, 6 or 9 digits of a second. */
  time: string;
  level?: Level;
  message?: string;
  method?: string;
  path?: string;
  pathTemplate?: string;
  protocol?: string;
  status?: number;
  bytes?: number;
  durationMs?: number;
  ip?: string;
  user?: string;
  referrer?: string;
  userAgent?: string;
  browser?: string;
  os?: string;
  device?: string;
  bot?: string;
  country?: string;
  city?: string;
  host?: string;
  app?: string;
  pid?: string;
  traceId?: string;
  spanId?: string;
  userId?: string;
  sessionId?: string;
  event?: string;
  attrs?: Record<string, unknown>;
  raw?: string;
  parser: string;
  flags?: Flag[];
  source: Source;
}

/** A record with its place in its stream. */
export interface PlacedRecord {
  service: string;
  shard: number;
  seq: number;
  record: LogRecord;
}

export function recordJson({ service, shard, seq, record }: PlacedRecord, source: Source): RecordJson {
  // JSON.stringify leaves out what is undefined, which is every field that the record does not have.
  const { tsMs, subNs, ...fields } = record;
  return { service, shard, seq, time: isoText(tsMs, subNs), ...fields, raw: rawOf(record), source };
}
