import type { LogRecord } from "../record.ts";
import type { FIELDS, FieldName } from "./fields.ts";

type NamesOf<Kind> = { [Name in FieldName]: (typeof FIELDS)[Name]["kind"] extends Kind ? Name : never }[FieldName];
export type TextFieldName = NamesOf<"text" | "ip">;
export type NumberFieldName = NamesOf<"number">;

/** One function a field rather than `record[name]`: the engine then reads at a known place. */
export const TEXT_OF: Record<TextFieldName, (record: LogRecord, service: string) => string | undefined> = {
  service: (_record, service) => service,
  message: (record) => record.message,
  path: (record) => record.path,
  // The database keeps one text where both are the same, and so does every answer.
  pathTemplate: (record) => record.pathTemplate ?? record.path,
  method: (record) => record.method,
  protocol: (record) => record.protocol,
  ip: (record) => record.ip,
  user: (record) => record.user,
  referrer: (record) => record.referrer,
  userAgent: (record) => record.userAgent,
  browser: (record) => record.browser,
  os: (record) => record.os,
  device: (record) => record.device,
  bot: (record) => record.bot,
  country: (record) => record.country,
  city: (record) => record.city,
  host: (record) => record.host,
  app: (record) => record.app,
  pid: (record) => record.pid,
  traceId: (record) => record.traceId,
  spanId: (record) => record.spanId,
  userId: (record) => record.userId,
  sessionId: (record) => record.sessionId,
  event: (record) => record.event,
  parser: (record) => record.parser,
  raw: (record) => record.raw,
};

export const NUMBER_OF: Record<NumberFieldName, (record: LogRecord) => number | undefined> = {
  status: (record) => record.status,
  bytes: (record) => record.bytes,
  durationMs: (record) => record.durationMs,
};
