/** The first pause; it doubles with every further attempt. */
const FIRST_DELAY_MS = 100;

/** Long enough to spare a server that is down, short enough to be back soon after it. */
const MAX_DELAY_MS = 5_000;

/** What a later attempt may cure: overload, a broken way, a server that failed. With the key, repeating is harmless. */
export const isWorthRetrying = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/**
 * Milliseconds to wait before attempt `attempt + 1`; `attempt` counts from 1.
 *
 * @param retryAfterMs what the server asked for; never undercut
 * @param random 0 to 1, spreads senders that failed together
 */
export function retryDelayMs(attempt: number, retryAfterMs: number, random: number): number {
  const backoffMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.max(retryAfterMs, backoffMs * (0.5 + random / 2));
}
