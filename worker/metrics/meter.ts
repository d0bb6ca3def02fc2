import { MetricSums } from "../../core/metrics/metric-delta.ts";
import { logWarning } from "../../durable-objects/log.ts";
import { type Env, metersOf } from "../env.ts";

/** What this isolate has counted and not told yet. */
export const meter = new MetricSums();

/** An isolate tells what it counted at most this often: one call to the `Meters` object. */
const TELL_EVERY_MS = 2_000;
/** A request's context may end before its turn comes; then the next one tells. */
const GIVE_UP_MS = 10_000;
let dueMs = 0;

/** Lets the `Meters` object hear of what was counted, soon: the first event after a silence waits for those beside it. */
export function tellSoon(env: Env, ctx: Pick<ExecutionContext, "waitUntil">): void {
  const nowMs = Date.now();
  if (meter.isEmpty || nowMs < dueMs + GIVE_UP_MS) return;
  dueMs = nowMs;
  ctx.waitUntil(tell(env));
}

async function tell(env: Env): Promise<void> {
  await scheduler.wait(TELL_EVERY_MS);
  dueMs = 0;
  const delta = meter.take();
  try {
    await metersOf(env).add(delta);
  } catch (error) {
    meter.add(delta);
    logWarning("metrics_not_told", { error });
  }
}
