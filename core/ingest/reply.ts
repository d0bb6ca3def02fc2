import type { Refused, Reply } from "./protocol.ts";

export const jsonReply = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});

export const textReply = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  body,
});

export const emptyReply = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: null,
});

/** Shippers that obey it wait so long; longer than 2 s makes OpenTelemetry's exporters drop the batch. */
const RETRY_AFTER_SECONDS = 1;

export const retryAfter = ({ retryAfterSeconds }: Refused): Record<string, string> => ({
  "retry-after": String(retryAfterSeconds ?? RETRY_AFTER_SECONDS),
});

const STATUS: Record<Refused["code"], number> = {
  empty_body: 400,
  binary_body: 400,
  undecodable_body: 400,
  invalid_encoding: 400,
  invalid_request: 400,
  invalid_service: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  idempotency_conflict: 409,
  payload_too_large: 413,
  too_many_lines: 413,
  upgrade_required: 426,
  quota_exceeded: 503,
  rate_limited: 503,
  too_many_services: 503,
  not_configured: 503,
  overloaded: 503,
};

/**
 * The status that most senders treat rightly. Whatever passes is 503 and not 429: more shippers repeat on it, and several
 * lose a batch on 429.
 */
export const statusOf = ({ code }: Refused): number => STATUS[code];

/** Whether the same request may be taken later. */
export const mayRepeat = (refused: Refused): boolean => statusOf(refused) === 503;

/** The public API's error body. */
export const errorBody = ({ code, message, requestId }: Refused): object => ({ error: { code, message, requestId } });

/** The plain refusal of protocols whose senders look at the status alone. */
export const refusalReply = (refused: Refused): Reply =>
  jsonReply(statusOf(refused), errorBody(refused), mayRepeat(refused) ? retryAfter(refused) : {});
