import { percentile } from "../../tools/sending/meter.ts";
import { batchOf, STEPS, type WayContext } from "./steps.ts";

/** Of the rounds, slowest last: other programs on the machine interrupt most of the others. */
export const QUIET = 0.2;

/** The way in Node, where the clock goes on while code runs. */
export class WayInNode {
  readonly #bodies: readonly Uint8Array[];
  readonly #context: WayContext;
  /** Milliseconds by step, then by body, of each round. */
  readonly #tookMs: number[][][];

  constructor(bodies: readonly Uint8Array[], context: WayContext) {
    this.#bodies = bodies;
    this.#context = context;
    this.#tookMs = STEPS.map(() => bodies.map(() => []));
  }

  round(isWarm: boolean): void {
    this.#bodies.forEach((body, at) => {
      const batch = batchOf(body);
      STEPS.forEach((step, index) => {
        const startMs = performance.now();
        step.run(batch, this.#context);
        if (isWarm) this.#tookMs[index]![at]!.push(performance.now() - startMs);
      });
    });
  }

  /** Microseconds a line of each step: of each body a quiet round, so that being interrupted does not count. */
  stepsUs(lines: number): number[] {
    return this.#tookMs.map((bodies) => {
      const sumMs = bodies.reduce((sum, rounds) => sum + percentile(rounds, QUIET), 0);
      return (sumMs * 1_000) / lines;
    });
  }
}
