import { predicateOf } from "../../../core/query/predicate-of.ts";
import { askShards, type Env } from "../../env.ts";
import { forgetDeadOf } from "../../forward/forget-dead-of.ts";
import { memoryRecords } from "../../query/memory-records.ts";
import type { KnownService } from "../seal-service.ts";
import { deleteReplaced } from "./delete-replaced.ts";
import { forgetHot } from "./forget-hot.ts";
import { forgetSegments } from "./forget-segments.ts";
import { type Rebuilt, rebuildSummaries } from "./rebuild-summaries.ts";
import type { Wish } from "./wish.ts";

export interface Forgotten {
  service: string;
  /** Records deleted from hot rows and from the archive, each counted once. */
  rows: number;
  archived: number;
  segmentsRewritten: number;
  /** Records taken out of what forwards could not send. */
  deadForwards: number;
  summaries: Rebuilt;
  /** Records that match and are still on their way to the database: ask again in a minute. */
  onTheirWay: number;
  /** The time was over: ask again, until this is absent. */
  hasMore?: true;
}

const NOTHING = { records: 0, rows: 0, rewritten: 0, hasMore: true };
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 };

/**
 * Deletes a service's records that a filter finds: rows, archived records, and what statistics made of them. Every step may be cut
 * and asked for again: what was taken away is noted in the transaction that takes it, and counted again from these notes.
 */
export async function forget(env: Env, service: KnownService, wish: Wish): Promise<Forgotten> {
  const { filter, nowMs, untilMs } = wish;
  const clean = new Set<string>();
  const first = await forgetSegments(env, service, wish, clean);
  const hot = first.hasMore ? NOTHING : await forgetHot(env, service, wish);
  // Rows that were sealed between the two are copied somewhere: a seal that comes later finds its rows gone, and makes nothing.
  const second = hot.hasMore ? NOTHING : await forgetSegments(env, service, wish, clean);
  const { hasMore } = second;
  await deleteReplaced(env, service, nowMs);
  const matches = predicateOf(filter, nowMs);
  const deadForwards = await forgetDeadOf(env, service.name, matches);
  await askShards(env, service.name, (stream) => stream.forgetRecent());
  // Minutes that lose more records by the next request would be counted twice.
  const summaries = await rebuildSummaries(env, service, nowMs, hasMore ? 0 : untilMs);
  const { found, isCut } = await memoryRecords(env, service.name, EVER, nowMs);
  const onTheirWay = isCut ? found.length : found.filter((placed) => matches(placed.record, service.name)).length;
  return {
    service: service.name,
    rows: first.rows + hot.rows + second.rows,
    archived: first.records + second.records,
    segmentsRewritten: first.rewritten + second.rewritten,
    deadForwards,
    summaries,
    onTheirWay,
    ...(hasMore ? { hasMore } : {}),
  };
}
