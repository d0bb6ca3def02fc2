import { STEPS_MS } from "../../core/summary/steps.ts";
import type { SummaryRow } from "../../core/summary/summary-rows.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { HeldStatistics } from "./held-statistics.ts";

const [, HOUR_MS] = STEPS_MS;

interface LedgerRow {
  shard: number;
  first_seq: number;
  last_seq: number;
}

// The first unconfirmed pack of a stream begins a message, so ranges from its seq on are all that can hold one. ?2 has these by shard.
const SELECT_LEDGER = `SELECT l.shard, l.first_seq, l.last_seq FROM json_each(?2) h
CROSS JOIN ledger l ON l.service_id = (SELECT id FROM services WHERE name = ?1) AND l.shard = h.value ->> 0 AND l.first_seq >= h.value ->> 1`;

/** Which of what the streams of a service hold is in the database: to be asked in one transaction with its summaries. */
export function selectLedger(db: D1Database, service: string, held: readonly HeldStatistics[]): D1PreparedStatement {
  const first = new Map<number, number>();
  for (const { shard, firstSeq } of held) if (!first.has(shard)) first.set(shard, firstSeq);
  return db.prepare(SELECT_LEDGER).bind(service, JSON.stringify([...first]));
}

/** Parts that overlap the range and are not in the database by that answer. */
export function unstoredParts(
  held: readonly HeldStatistics[],
  ledger: D1Result,
  { fromMs, toMs }: TimeRange,
): SummaryRow[] {
  const ranges = ledger.results as LedgerRow[];
  const isStored = ({ shard, firstSeq }: HeldStatistics): boolean =>
    ranges.some((range) => range.shard === shard && range.first_seq <= firstSeq && firstSeq <= range.last_seq);
  return held
    .filter((each) => !isStored(each))
    .flatMap(({ rows }) => rows.filter(([step, startMs]) => startMs < toMs && startMs + step > fromMs));
}

/** Beginnings of the hours in which something is that may not be stored. */
export function hoursOf(held: readonly HeldStatistics[]): Set<number> {
  const hours = new Set<number>();
  for (const { rows } of held)
    for (const [step, startMs] of rows)
      for (let hour = Math.floor(startMs / HOUR_MS) * HOUR_MS; hour < startMs + step; hour += HOUR_MS) hours.add(hour);
  return hours;
}
