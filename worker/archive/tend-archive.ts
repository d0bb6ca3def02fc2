import { logWarning } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { settingsOf } from "../service-settings.ts";
import { rebuildSummaries } from "./forget/rebuild-summaries.ts";
import { optimizeService } from "./optimize-service.ts";
import { removeExpired } from "./remove-expired.ts";
import { removeHot } from "./remove-hot.ts";
import { removeSummaries } from "./remove-summaries.ts";
import { type KnownService, sealService } from "./seal-service.ts";
import { linkSegments } from "./segment-log.ts";
import { sweepObjects } from "./sweep-objects.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A merge takes seconds of processor time. A service that spills every second makes 600 objects between two runs. */
const MAX_MERGES = 3;
const MIN_OBJECTS = 100;
/** Of one run; what is left waits for the next. */
const COUNT_AGAIN_MS = 20_000;
/** D1 ends at 10 GB and then takes nothing; from here on the oldest rows go, whatever their hot window. */
export const MAX_DATABASE_BYTES = 8_500_000_000;

/**
 * What a service's archive needs from time to time: closed hours sealed, hot rows removed after their window, segments and statistics
 * removed after theirs, objects without a name swept. Every part may be interrupted anywhere and goes on in the next run.
 */
export async function tendArchive(env: Env, service: KnownService, nowMs: number): Promise<void> {
  const { hotDays, retentionDays, summaryDays } = await settingsOf(env, service.name);
  const isFull = (await databaseBytes(env)) > MAX_DATABASE_BYTES;
  const tasks: [string, () => Promise<unknown>][] = [
    ["seal", () => sealService(env, service, nowMs, isFull ? nowMs - 60_000 : undefined)],
    [
      "remove_hot",
      () =>
        removeHot(env, service, isFull ? nowMs : nowMs - Math.min(hotDays, retentionDays ?? hotDays) * DAY_MS, nowMs),
    ],
    ["link", () => linkSegments(env, service, nowMs)],
    ["count_again", () => rebuildSummaries(env, service, nowMs, Date.now() + COUNT_AGAIN_MS)],
  ];
  if (retentionDays !== undefined)
    tasks.push(["remove_expired", () => removeExpired(env, service, nowMs - retentionDays * DAY_MS, nowMs)]);
  if (summaryDays !== undefined)
    tasks.push(["remove_summaries", () => removeSummaries(env, service, nowMs - summaryDays * DAY_MS)]);
  const isHourly = nowMs % HOUR_MS < HOUR_MS / 6;
  const minObjects = isHourly ? 2 : MIN_OBJECTS;
  tasks.push(["optimize", () => optimizeService(env, service, nowMs, { maxMerges: MAX_MERGES, minObjects })]);
  // Once an hour: listing costs as much as writing.
  if (isHourly) tasks.push(["sweep", () => sweepObjects(env, service, nowMs)]);
  for (const [task, run] of tasks) {
    try {
      await run();
    } catch (error) {
      // Nothing is half done; the other tasks do not wait for this one.
      logWarning("archive_task_failed", { task, service: service.name, error });
    }
  }
}

async function databaseBytes({ DB }: Env): Promise<number> {
  const { meta } = await DB.prepare("SELECT 1").run();
  return meta.size_after ?? 0;
}
