import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { logError } from "../durable-objects/log.ts";
import { allowedMethods } from "./allowed-methods.ts";
import type { AppEnv } from "./env.ts";

/** Every way this API says no. Clients switch on the code; the message is for people. */
const STATUS = {
  invalid_request: 400,
  invalid_service: 400,
  invalid_filter: 400,
  filter_too_large: 400,
  sql_refused: 400,
  invalid_sql: 400,
  query_too_expensive: 400,
  invalid_encoding: 400,
  empty_body: 400,
  binary_body: 400,
  undecodable_body: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  idempotency_conflict: 409,
  payload_too_large: 413,
  too_many_lines: 413,
  unsupported_media_type: 415,
  upgrade_required: 426,
  rate_limited: 429,
  too_many_keys: 429,
  quota_exceeded: 429,
  too_many_services: 429,
  budget_spent: 429,
  too_many_views: 429,
  internal: 500,
  overloaded: 503,
  not_configured: 503,
  query_timeout: 504,
} as const satisfies Record<string, ContentfulStatusCode>;

export type ErrorCode = keyof typeof STATUS;

export interface Issue {
  path: string;
  message: string;
  /** Place in a text, in UTF-16 units from 1. */
  column?: number;
}

export interface ErrorBody {
  error: { code: ErrorCode; message: string; issues?: Issue[]; requestId: string };
}

interface ErrorOptions {
  issues?: Issue[];
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** Methods, sent as `Allow`. */
  allowed?: readonly string[];
  cause?: unknown;
}

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly issues: Issue[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly allowed: readonly string[] | undefined;

  constructor(code: ErrorCode, message: string, { issues, retryAfterSeconds, allowed, cause }: ErrorOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.issues = issues;
    this.retryAfterSeconds = retryAfterSeconds;
    this.allowed = allowed;
  }

  get status(): ContentfulStatusCode {
    return STATUS[this.code];
  }
}

/** The only place where an exception becomes a response. An unforeseen one is logged, never shown. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const apiError = toApiError(error);
  const { code, message, issues, retryAfterSeconds, allowed, status } = apiError;
  const { requestId } = c.var;
  if (code === "internal") logError("unhandled_error", { requestId, error });
  if (retryAfterSeconds !== undefined) c.header("Retry-After", String(retryAfterSeconds));
  if (allowed !== undefined) c.header("Allow", allowed.join(", "));
  // RFC 9110 §15.5.2 asks for it; no browser opens its own dialog for this scheme.
  if (code === "unauthorized") c.header("WWW-Authenticate", "Bearer");
  return c.json<ErrorBody>({ error: { code, message, issues, requestId } }, status);
};

export const onNotFound: NotFoundHandler<AppEnv> = (c) => {
  throw noRoute(c.req.method, c.req.path);
};

/** What is said where nothing answers: there is no such address, or it takes other methods. */
export function noRoute(method: string, pathname: string): ApiError {
  const allowed = allowedMethods(pathname);
  if (allowed.length === 0 || allowed.includes(method))
    return new ApiError("not_found", `no route for ${method} ${pathname}`);
  return new ApiError("method_not_allowed", `${pathname} takes ${allowed.join(", ")}`, { allowed });
}

/** hono's own middleware throws HTTPException; these are the ones we let it throw. */
const CODE_OF_HTTP: Partial<Record<number, ErrorCode>> = {
  400: "invalid_request",
  401: "unauthorized",
  413: "payload_too_large",
};

/** An error in the words that protocols refuse with. Also what nobody foresaw: senders repeat on 503, and lose on 500. */
export function refusedOf(
  error: unknown,
  requestId: string,
): { code: ErrorCode; message: string; requestId: string; retryAfterSeconds?: number } | undefined {
  const { code, message, retryAfterSeconds } = toApiError(error instanceof Error ? error : new Error(String(error)));
  if (code !== "internal") return { code, message, requestId, retryAfterSeconds };
  logError("ingest_failed", { requestId, error });
  return { code: "overloaded", message: "internal error, try again shortly", requestId };
}

function toApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  const code = error instanceof HTTPException ? CODE_OF_HTTP[error.status] : undefined;
  if (code) return new ApiError(code, error.message || code.replaceAll("_", " "), { cause: error });
  // A stream that is overloaded or restarting says so; senders repeat on 503, and lose on 500.
  if (isRetryable(error))
    return new ApiError("overloaded", "try again shortly", { retryAfterSeconds: 1, cause: error });
  return new ApiError("internal", "internal error", { cause: error });
}

const isRetryable = (error: Error): boolean =>
  (error as { retryable?: boolean }).retryable === true || (error as { overloaded?: boolean }).overloaded === true;
