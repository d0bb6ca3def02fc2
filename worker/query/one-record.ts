import type { RecordJson } from "../../core/record-json.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import type { Place } from "./cursor.ts";
import { findRecords } from "./find-records.ts";

/** The record of that place, wherever it is kept; throws `not_found` where there is none. */
export async function oneRecord(env: Env, place: Place, nowMs: number): Promise<RecordJson> {
  const { service, shard, seq, tsMs } = place;
  // Asked for as what follows the number before: thousands of records may have this very millisecond.
  const { records } = await findRecords(
    env,
    {
      service,
      fromMs: tsMs,
      toMs: tsMs + 1,
      filter: undefined,
      limit: 1,
      order: "oldest",
      after: { ...place, seq: seq - 1 },
    },
    nowMs,
  );
  const record = records[0];
  if (record?.shard !== shard || record.seq !== seq)
    throw new ApiError("not_found", `no record ${service}/${shard}/${seq} at ${new Date(tsMs).toISOString()}`);
  return record;
}
