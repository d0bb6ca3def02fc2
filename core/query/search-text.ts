import type { Pattern } from "./filter.ts";

/**
 * What words and phrases search, each on its own: a pattern never reaches from one into the next.
 * `attrs` is searched as its JSON text; see `searchesIp` for the address.
 */
export const SEARCHED_FIELDS = ["message", "path", "referrer", "userAgent", "raw"] as const;

/**
 * Whether a pattern is looked for in `ip` too: only if it could be part of one (digits, hex letters and a dot or a colon),
 * so that other words do not pay for it.
 */
export const searchesIp = (pattern: Pattern): boolean => {
  const text = pattern.join("");
  return /^[0-9a-fA-F.:]+$/.test(text) && /[.:]/.test(text);
};

/** A piece of text as it stands inside a string of JSON text. */
export const insideJson = (piece: string): string => JSON.stringify(piece).slice(1, -1);
