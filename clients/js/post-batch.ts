import { isWorthRetrying } from "./retry.ts";

/** No answer within this time counts as a broken connection. */
const TIMEOUT_MS = 30_000;

/** Browsers refuse a keepalive request with more than 64 KiB in flight. */
const MAX_KEEPALIVE_CHARS = 16_000;

/** What Weir answered to one batch. */
export interface BatchAnswer {
  accepted: number;
  /** Lines understood and not wanted, by reason. */
  dropped: Record<string, number>;
  /** Lines not understood: their place in the batch, from 0. */
  refused: { index: number; reason: string }[];
  batch?: string;
  seq?: { shard: number; first: number; last: number };
}

export interface PostOptions {
  /** The whole address: `https://logs.example.com/ingest/shop`. */
  address: string;
  token: string | undefined;
  gzip: boolean;
  fetch: typeof fetch;
}

/** A batch that was not accepted as a whole. */
export class PostError extends Error {
  override readonly name = "PostError";
  /** 0 when no answer came at all. */
  readonly status: number;
  /** The server's error code, like `unauthorized`; `network` when no answer came. */
  readonly code: string;
  readonly retryAfterMs: number;

  constructor(status: number, code: string, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }

  get retriable(): boolean {
    return this.status === 0 || isWorthRetrying(this.status);
  }
}

/** Sends one body once. The same `key` again never stores it twice. Throws {@link PostError}. */
export async function postBatch(text: string, key: string, options: PostOptions): Promise<BatchAnswer> {
  const headers: Record<string, string> = { "content-type": "text/plain; charset=utf-8", "idempotency-key": key };
  if (options.token) headers.authorization = `Bearer ${options.token}`;
  if (options.gzip) headers["content-encoding"] = "gzip";
  let response: Response;
  let answer: string;
  try {
    response = await options.fetch(options.address, {
      method: "POST",
      headers,
      body: options.gzip ? await gzipped(text) : text,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      keepalive: text.length <= MAX_KEEPALIVE_CHARS,
    });
    answer = await response.text();
  } catch (cause) {
    throw new PostError(0, "network", `no answer from ${options.address}: ${reasonOf(cause)}`, { cause });
  }
  const body = jsonOf(answer);
  if (response.ok && body) return body as unknown as BatchAnswer;
  const { code = "not_weir", message = answer.slice(0, 200) } = (body?.error ?? {}) as Record<string, string>;
  const retryAfterMs = Number(response.headers.get("retry-after") ?? 0) * 1_000 || 0;
  throw new PostError(response.ok ? 502 : response.status, code, message, { retryAfterMs });
}

async function gzipped(text: string): Promise<ArrayBuffer> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}

function jsonOf(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Node hides the reason ("ECONNREFUSED") in the cause of "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
