import { logError, withLogContext } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { meter, tellSoon } from "./meter.ts";

/** A queue or cron run: its logs carry an id of its own, and what it counted is told afterwards. */
export function asRun(env: Env, ctx: ExecutionContext, work: () => Promise<void>): Promise<void> {
  return withLogContext({ runId: crypto.randomUUID() }, async () => {
    try {
      await work();
    } finally {
      tellSoon(env, ctx);
    }
  });
}

/** Counts a run of the minute's work. A failed one is thrown on: the platform notes it too. */
export async function countedCron(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    meter.count("weir_cron_runs_total", { outcome: "ok" });
    meter.note("weir_cron_last_success_timestamp_seconds", Math.floor(Date.now() / 1_000));
  } catch (error) {
    meter.count("weir_cron_runs_total", { outcome: "failed" });
    logError("cron_failed", { error });
    throw error;
  }
}
