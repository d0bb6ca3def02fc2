import fc from "fast-check";
import { packTextOf } from "../../../core/delivery/pack-text.ts";
import { LEVELS, LogRecord } from "../../../core/record.ts";
import { ColumnBuilder } from "../../../core/segment/column-builder.ts";
import { columnStatistics } from "../../../core/summary/column-statistics.ts";
import { COUNTED, DIMENSIONS } from "../../../core/summary/dimensions.ts";
import {
  durationsOf,
  levelsOf,
  statusClassesOf,
  topOf,
  uniqueIpsOf,
  uniqueUsersOf,
} from "../../../core/summary/read-summary.ts";
import { addRecord, emptySummary, type Summary } from "../../../core/summary/summary.ts";
import type { SummaryPart } from "../../../core/summary/summary-part.ts";

export const recordOf = (fields: Partial<LogRecord>): LogRecord => Object.assign(new LogRecord(), fields);

export function summaryOf(records: Iterable<LogRecord>): Summary {
  const summary = emptySummary();
  for (const record of records) addRecord(summary, record);
  return summary;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Packs that are stored together. */
export function columnsOf(packs: readonly (readonly LogRecord[])[]): ColumnBuilder {
  const columns = new ColumnBuilder();
  for (const records of packs) {
    const { rows, agents } = packTextOf(records);
    columns.add({ shard: 0, firstSeq: columns.length + 1, rowBytes: bytesOf(rows), agentBytes: bytesOf(agents) });
  }
  return columns;
}

/** The statistics of packs that are stored together. */
export const statisticsOf = (packs: readonly (readonly LogRecord[])[], maxParts?: number, params = 1): SummaryPart[] =>
  columnStatistics(columnsOf(packs), { params, ...(maxParts !== undefined && { maxParts }) });

const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined });

const word = fc.oneof(fc.constantFrom("/", "/a", "/b", "10.0.0.1", "__proto__", "constructor", ""), fc.string());

/** Any record, its values from few enough that they repeat. */
export const anyRecord: fc.Arbitrary<LogRecord> = fc
  .record({
    tsMs: fc.oneof(fc.integer({ min: -200_000, max: 200_000 }), fc.maxSafeInteger()),
    level: maybe(fc.constantFrom(...LEVELS)),
    status: maybe(fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer())),
    bytes: maybe(fc.nat()),
    durationMs: maybe(fc.oneof(fc.nat({ max: 10_000 }), fc.double({ min: 0, max: 1e6, noNaN: true }))),
    userId: maybe(word),
    ...(Object.fromEntries(COUNTED.map((name) => [name, maybe(word)])) as Record<
      string,
      fc.Arbitrary<string | undefined>
    >),
  })
  .map(recordOf);

/** Everything that can be asked of a summary. */
export function answersOf(summary: Summary, limit = 10) {
  return {
    count: summary.count,
    bytes: summary.bytes,
    levels: levelsOf(summary),
    classes: statusClassesOf(summary),
    durations: durationsOf(summary),
    ips: uniqueIpsOf(summary),
    users: uniqueUsersOf(summary),
    tops: DIMENSIONS.map((dimension) => topOf(summary, dimension, limit)),
  };
}
