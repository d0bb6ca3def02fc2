import type { Env } from "../../env.ts";
import { partsOfJson } from "../parts-of-json.ts";

/** A place of a record, as the key of `records` has it. */
export type RecordPlace = readonly [tsMs: number, shard: number, seq: number];

const MINUTE_MS = 60_000;
const PLACES =
  "(ts_ms, shard, seq) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2)) AND service_id = ?1";
const ADD = "ON CONFLICT (service_id, start_ms) DO UPDATE SET records = records + excluded.records, lasting = 0";
// Rounded down before 1970 too.
const NOTE_ROWS = `INSERT INTO forgotten (service_id, start_ms, records)
SELECT service_id, ts_ms - (ts_ms % ${MINUTE_MS} + ${MINUTE_MS}) % ${MINUTE_MS} AS minute_ms, count(*) FROM records WHERE ${PLACES} GROUP BY minute_ms ${ADD}`;
const DELETE_ROWS = `DELETE FROM records WHERE ${PLACES}`;
const NOTE_MINUTES = `INSERT INTO forgotten (service_id, start_ms, records)
SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2) WHERE true ${ADD}`;

/**
 * Statements for one transaction, two for each part of the places: which minutes lose how many rows, and their removal. A bound parameter
 * has room for some twenty thousand places.
 */
export const deleteRows = ({ DB }: Env, serviceId: number, places: readonly RecordPlace[]): D1PreparedStatement[] =>
  partsOfJson(places).flatMap((text) => [
    DB.prepare(NOTE_ROWS).bind(serviceId, text),
    DB.prepare(DELETE_ROWS).bind(serviceId, text),
  ]);

/** How many of the places had a row, by the answers of a batch that ended with what `deleteRows` gave. */
export function deletedBy(results: readonly D1Result[], deletions: readonly D1PreparedStatement[]): number {
  if (deletions.length === 0) return 0;
  return results.slice(-deletions.length).reduce((sum, { meta }, at) => sum + (at % 2 === 1 ? meta.changes : 0), 0);
}

/** How many records of each minute. */
export class MinuteCounts extends Map<number, number> {
  add(tsMs: number): void {
    const startMs = Math.floor(tsMs / MINUTE_MS) * MINUTE_MS;
    this.set(startMs, (this.get(startMs) ?? 0) + 1);
  }
}

/** Notes which minutes lose archived records; to be run in the transaction that takes them out. */
export const noteArchived = ({ DB }: Env, serviceId: number, minutes: MinuteCounts): D1PreparedStatement[] =>
  partsOfJson(minutes).map((text) => DB.prepare(NOTE_MINUTES).bind(serviceId, text));
