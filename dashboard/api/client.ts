import type { ErrorAnswer, Issue } from "./answers.ts";
import { signedOut } from "./session.ts";

/** A request that was not answered as asked: refused by the server (`code` is its own), or never answered. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly code: string;
  readonly requestId: string | undefined;
  /** What exactly was refused, where the server says. */
  readonly issues: readonly Issue[];

  constructor(code: string, message: string, { requestId, issues }: { requestId?: string; issues?: Issue[] } = {}) {
    super(message);
    this.code = code;
    this.requestId = requestId;
    this.issues = issues ?? [];
  }
}

interface RequestOptions {
  query?: Record<string, string | number | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** POST with a body and GET without one, unless told. */
  method?: "PUT" | "POST" | "DELETE";
  signal?: AbortSignal;
}

/**
 * Asks the API of this origin and reads its JSON.
 *
 * @throws ApiFailure `offline` when nothing answered, else with the server's code; a 401 also shows the sign-in page.
 */
export async function ask<Answer>(path: string, { query, body, method, signal }: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, query, {
    ...(signal ? { signal } : {}),
    ...(method ? { method } : {}),
    ...(body === undefined
      ? {}
      : { method: method ?? "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (response.status === 401) signedOut();
  if (!response.ok) throw await failureOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function send(path: string, query: RequestOptions["query"], init: RequestInit): Promise<Response> {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") address.searchParams.set(name, String(value));
  }
  try {
    return await fetch(address, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiFailure("offline", "the server does not answer");
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  try {
    const { error } = (await response.json()) as ErrorAnswer;
    return new ApiFailure(error.code, error.message, error);
  } catch {
    return new ApiFailure("internal", `the server answered ${response.status}`);
  }
}
