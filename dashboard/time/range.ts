/** A stretch of time as the top bar offers it and the address holds it. */
export type Range = RelativeRange | { kind: "all" } | FixedRange;

export interface RelativeRange {
  kind: "relative";
  key: RelativeKey;
  ms: number;
  /** Of a bar: live counters know seconds for 5 minutes and minutes for 24 hours. */
  stepMs: number;
}

export interface FixedRange {
  kind: "fixed";
  fromMs: number;
  toMs: number;
}

export const RELATIVE = {
  "5m": { kind: "relative", key: "5m", ms: 300_000, stepMs: 2_000 },
  "15m": { kind: "relative", key: "15m", ms: 900_000, stepMs: 60_000 },
  "1h": { kind: "relative", key: "1h", ms: 3_600_000, stepMs: 60_000 },
  "24h": { kind: "relative", key: "24h", ms: 86_400_000, stepMs: 600_000 },
} as const;

export type RelativeKey = keyof typeof RELATIVE;

const FIXED = /^(-?\d{1,15})-(-?\d{1,15})$/;

/** Reads `5m`, `all` or `1432000000000-1432003600000`; undefined for anything else. */
export function rangeOf(text: string | null | undefined): Range | undefined {
  if (!text) return undefined;
  if (text === "all") return { kind: "all" };
  if (Object.hasOwn(RELATIVE, text)) return RELATIVE[text as RelativeKey];
  const [, from, to] = FIXED.exec(text) ?? [];
  const range = { kind: "fixed", fromMs: Number(from), toMs: Number(to) } as const;
  return range.toMs > range.fromMs ? range : undefined;
}

export function rangeText(range: Range): string {
  if (range.kind === "relative") return range.key;
  return range.kind === "all" ? "all" : `${range.fromMs}-${range.toMs}`;
}

/** `from` and `to` as the API takes them. Relative, so that the same question is the same text at any time. */
export function rangeQuery(range: Range): { from: string; to?: string } {
  if (range.kind === "relative") return { from: `-${range.key}` };
  if (range.kind === "fixed") return { from: String(range.fromMs), to: String(range.toMs) };
  // Without an end: records may carry times that are yet to come.
  return { from: "0" };
}
