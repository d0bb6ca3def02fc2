const MAX_CHARS = 300;

/** What the server said of a request that it refused, as one reads it: `column 10: expected a value (invalid_filter)`. */
export function saidOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } };
    if (typeof error?.message === "string") return `${error.message} (${error.code})`;
  } catch {
    // Not Weir's: a proxy's page, perhaps.
  }
  return body.slice(0, MAX_CHARS);
}
