import type { Range } from "../time/range.ts";
import { moment } from "./time.ts";

const RELATIVE_WORDS = {
  "5m": "last 5 minutes",
  "15m": "last 15 minutes",
  "1h": "last hour",
  "24h": "last 24 hours",
} as const;

/** A range in words, as they stand in a sentence. */
export function rangeWords(range: Range): string {
  if (range.kind === "relative") return RELATIVE_WORDS[range.key];
  return range.kind === "all" ? "all time" : `${moment(range.fromMs)} – ${moment(range.toMs)}`;
}
