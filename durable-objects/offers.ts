/** Frames wait for their watcher at most this long. */
const KEPT_MS = 30_000;

/** Frames for watchers that are about to come, by a name that only they know. */
export class Offers {
  readonly #offers = new Map<string, { frames: string[]; untilMs: number }>();

  put(name: string, frames: string[], nowMs: number): void {
    for (const [other, { untilMs }] of this.#offers) if (untilMs < nowMs) this.#offers.delete(other);
    this.#offers.set(name, { frames, untilMs: nowMs + KEPT_MS });
  }

  /** Once: none the second time. */
  take(name: string): string[] {
    const frames = this.#offers.get(name)?.frames ?? [];
    this.#offers.delete(name);
    return frames;
  }
}
