import type { Filter } from "../../core/query/filter.ts";
import type { RecordJson } from "../../core/record-json.ts";
import type { Env } from "../env.ts";
import type { Place } from "./cursor.ts";
import { type FoundRecords, findRecords } from "./find-records.ts";
import { oneRecord } from "./one-record.ts";
import { BEGINNING_MS } from "./question.ts";

export interface AroundQuestion {
  place: Place;
  /** How many records of the same service to tell on either side, of those that the filter lets through. */
  before: number;
  after: number;
  filter: Filter | undefined;
}

export interface AroundRecord {
  /** Oldest first, as is `after`. */
  before: RecordJson[];
  record: RecordJson;
  after: RecordJson[];
  scanned: number;
  skipped: number;
  partial?: true;
}

/** A record with what its service logged before and after it. */
export async function aroundRecord(
  env: Env,
  { place, before, after, filter }: AroundQuestion,
  nowMs: number,
): Promise<AroundRecord> {
  const beside = (limit: number, order: "newest" | "oldest"): Promise<FoundRecords> =>
    findRecords(
      env,
      {
        service: place.service,
        fromMs: order === "newest" ? BEGINNING_MS : place.tsMs,
        toMs: order === "newest" ? place.tsMs + 1 : Number.MAX_SAFE_INTEGER,
        filter,
        limit,
        order,
        after: place,
      },
      nowMs,
    );
  const [record, earlier, later] = await Promise.all([
    oneRecord(env, place, nowMs),
    before > 0 ? beside(before, "newest") : undefined,
    after > 0 ? beside(after, "oldest") : undefined,
  ]);
  return {
    before: earlier?.records.toReversed() ?? [],
    record,
    after: later?.records ?? [],
    scanned: (earlier?.scanned ?? 0) + (later?.scanned ?? 0) + 1,
    skipped: (earlier?.skipped ?? 0) + (later?.skipped ?? 0),
    ...(earlier?.partial || later?.partial ? { partial: true } : {}),
  };
}
