import type { Env } from "../../env.ts";
import { hotRecords } from "../../query/hot-records.ts";
import type { KnownService } from "../seal-service.ts";
import { deletedBy, deleteRows } from "./forgotten-minutes.ts";
import type { Wish } from "./wish.ts";

/** Rows found and deleted at a time. */
const CHUNK_ROWS = 2_000;
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 };

/** Deletes the hot rows that a filter finds, until `untilMs`; a run that was cut goes on where it is asked again. */
export async function forgetHot(
  env: Env,
  service: KnownService,
  { filter, nowMs, untilMs }: Wish,
): Promise<{ rows: number; hasMore: boolean }> {
  let rows = 0;
  for (;;) {
    const { found } = await hotRecords(env, [service.name], {
      ...{ ...EVER, filter, limit: CHUNK_ROWS, order: "newest", after: undefined, nowMs },
    });
    if (found.length === 0) return { rows, hasMore: false };
    const places = found.map(({ record, shard, seq }) => [record.tsMs, shard, seq] as const);
    const deletions = deleteRows(env, service.id, places);
    rows += deletedBy(await env.DB.batch(deletions), deletions);
    if (Date.now() >= untilMs) return { rows, hasMore: true };
  }
}
