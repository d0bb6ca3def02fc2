import { batchOf, STEPS, type WayContext } from "./steps.ts";

/** CPU time of this thread, in ms: other programs on the machine do not count, as they would on the clock. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Microseconds a line of each step, over all bodies once. */
export function roundInNode(bodies: readonly Uint8Array[], lines: number, context: WayContext): number[] {
  const tookMs = STEPS.map(() => 0);
  for (const body of bodies) {
    const batch = batchOf(body);
    STEPS.forEach((step, at) => {
      const startMs = threadMs();
      step.run(batch, context);
      tookMs[at]! += threadMs() - startMs;
    });
  }
  return tookMs.map((ms) => (ms * 1_000) / lines);
}
