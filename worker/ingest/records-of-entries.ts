import { type EnrichContext, enrich } from "../../core/enrich/pipeline.ts";
import { parseEntry } from "../../core/parse/parse-entry.ts";
import type { ParseContext } from "../../core/parse/parser.ts";
import type { Entry, LogRecord } from "../../core/record.ts";

/** An entry that was not understood or not allowed, by its place in the request. */
export interface Refusal {
  index: number;
  reason: string;
}

export interface ParsedBatch {
  records: LogRecord[];
  /** Understood and not wanted, by reason. */
  dropped: Record<string, number>;
  refused: Refusal[];
}

/** An answer lists this many refusals; the count of all is in `refusedCount`. */
export const MAX_REFUSALS_LISTED = 1_000;

/** Parses and enriches the entries of one batch. A bad entry never fails the ones beside it. */
export function recordsOfEntries(entries: readonly Entry[], parse: ParseContext, context: EnrichContext): ParsedBatch {
  const batch: ParsedBatch = { records: [], dropped: {}, refused: [] };
  for (let index = 0; index < entries.length; index++) {
    const parsed = parseEntry(entries[index]!, parse);
    if (!parsed.ok) {
      batch.refused.push({ index, reason: parsed.reason });
      continue;
    }
    const dropped = enrich(parsed.value, context);
    if (dropped === undefined) batch.records.push(parsed.value);
    else batch.dropped[dropped] = (batch.dropped[dropped] ?? 0) + 1;
  }
  return batch;
}
