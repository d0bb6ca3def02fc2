import type { Filter } from "../../../core/query/filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import type { Env } from "../../env.ts";
import { memoryRecords } from "../../query/memory-records.ts";
import type { KnownService } from "../seal-service.ts";
import { forgetHot } from "./forget-hot.ts";
import { forgetSegments } from "./forget-segments.ts";
import { rebuildSummaries } from "./rebuild-summaries.ts";
import { TouchedMinutes } from "./touched-minutes.ts";

export interface Forgotten {
  service: string;
  /** Records deleted from hot rows and from the archive, each counted once. */
  rows: number;
  archived: number;
  segmentsRewritten: number;
  summaries: { rebuilt: number; approximate: number };
  /** Records that match and are still on their way to the database: ask again in a minute. */
  onTheirWay: number;
}

const EVER = { fromMs: -8.64e15, toMs: 8.64e15 };

/**
 * Deletes a service's records that a filter finds: rows, archived records, and what statistics made of them. Every step may be cut
 * and asked for again; a record that is gone is not found a second time.
 */
export async function forget(
  env: Env,
  service: KnownService,
  filter: Filter,
  reason: string,
  nowMs: number,
): Promise<Forgotten> {
  const touched = new TouchedMinutes();
  // Archive first: while a row is there, the object's copy of it is not counted; after the row is gone nobody could tell.
  const segments = await forgetSegments(env, service, filter, { reason, nowMs }, touched);
  const rows = await forgetHot(env, service, filter, nowMs, touched);
  const summaries = await rebuildSummaries(env, service, touched, nowMs);
  const matches = predicateOf(filter, nowMs);
  const { found, isCut } = await memoryRecords(env, service.name, EVER, nowMs);
  const onTheirWay = isCut ? found.length : found.filter((placed) => matches(placed.record, service.name)).length;
  return {
    service: service.name,
    rows,
    archived: segments.records,
    segmentsRewritten: segments.rewritten,
    summaries,
    onTheirWay,
  };
}
