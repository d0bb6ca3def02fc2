import { type EnrichContext, enrich } from "../../core/enrich/pipeline.ts";
import { joinTraces } from "../../core/parse/join-traces.ts";
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
  /** Entries that became records, alone or joined into the one before. */
  accepted: number;
  /** Of those, the ones that were joined: lines of a stack trace belong to the line that it follows. */
  joined: number;
  /** Understood and not wanted, by reason. */
  dropped: Record<string, number>;
  refused: Refusal[];
}

/** Parses the entries of one batch; `enrichBatch` makes them whole. A bad entry never fails the ones beside it. */
export function parseEntries(given: Entry[], parse: ParseContext): ParsedBatch {
  const entries = isLines(given) ? joinTraces(given) : given;
  const batch: ParsedBatch = {
    records: [],
    accepted: 0,
    joined: given.length - entries.length,
    dropped: {},
    refused: [],
  };
  for (let at = 0, line = 0; at < entries.length; at++) {
    const entry = entries[at]!;
    const index = line;
    line += batch.joined > 0 && typeof entry === "string" ? linesOf(entry) : 1;
    const parsed = parseEntry(entry, parse);
    if (!parsed.ok) {
      batch.refused.push({ index, reason: parsed.reason });
      continue;
    }
    batch.records.push(parsed.value);
  }
  batch.accepted = batch.records.length + batch.joined;
  return batch;
}

/** Enriches the records of a batch in place; what is not wanted leaves it, counted. */
export function enrichBatch(batch: ParsedBatch, context: EnrichContext): ParsedBatch {
  const { records, dropped } = batch;
  let kept = 0;
  for (const record of records) {
    const reason = enrich(record, context);
    if (reason === undefined) records[kept++] = record;
    else dropped[reason] = (dropped[reason] ?? 0) + 1;
  }
  records.length = kept;
  batch.accepted = kept + batch.joined;
  return batch;
}

/** A batch is of one kind: lines, or fields. */
const isLines = (entries: Entry[]): entries is string[] =>
  typeof entries[0] === "string" && entries.every((entry) => typeof entry === "string");

/** How many lines of the request an entry was joined from. */
function linesOf(entry: string): number {
  let lines = 1;
  for (let at = entry.indexOf("\n"); at >= 0; at = entry.indexOf("\n", at + 1)) lines++;
  return lines;
}
