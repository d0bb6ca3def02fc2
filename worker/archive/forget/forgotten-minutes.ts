import type { Env } from "../../env.ts";

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
 * Two statements for one transaction: which minutes lose how many rows, and their removal. The second one's `changes` says how many of
 * the places had a row.
 */
export function deleteRows({ DB }: Env, serviceId: number, places: readonly RecordPlace[]): D1PreparedStatement[] {
  const text = JSON.stringify(places);
  return [DB.prepare(NOTE_ROWS).bind(serviceId, text), DB.prepare(DELETE_ROWS).bind(serviceId, text)];
}

/** Notes which minutes lose archived records; to be run in the transaction that takes them out. */
export function noteArchived({ DB }: Env, serviceId: number, places: readonly RecordPlace[]): D1PreparedStatement {
  const minutes = new Map<number, number>();
  for (const [tsMs] of places) {
    const startMs = Math.floor(tsMs / MINUTE_MS) * MINUTE_MS;
    minutes.set(startMs, (minutes.get(startMs) ?? 0) + 1);
  }
  return DB.prepare(NOTE_MINUTES).bind(serviceId, JSON.stringify([...minutes]));
}
