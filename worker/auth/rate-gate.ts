/** Of what one isolate lets through, the platform's counter hears in steps of this many requests. */
const STEP = 20;
/** Names counted at a time; a window with more of them begins anew. */
const MAX_NAMES = 20_000;

interface Window {
  count: number;
  /** How many of them the platform's counter has heard of. */
  told: number;
  isShut: boolean;
}

/**
 * Counts requests by name in windows of the clock, in this isolate: exact here and free, and it says when to tell the
 * platform's counter, which knows of the other isolates of the place.
 */
export class RateGate {
  readonly #limit: number;
  readonly #windowMs: number;
  #windows = new Map<string, Window>();
  #epoch = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Whether one more request may pass. `tell` is how many to add to the platform's counter, 0 for not now. */
  take(name: string, nowMs: number): { passes: boolean; tell: number } {
    this.#turn(nowMs);
    let window = this.#windows.get(name);
    if (!window) {
      if (this.#windows.size >= MAX_NAMES) this.#windows.clear();
      window = { count: 0, told: 0, isShut: false };
      this.#windows.set(name, window);
    }
    if (window.isShut || window.count >= this.#limit) return { passes: false, tell: 0 };
    window.count++;
    const untold = window.count - window.told;
    if (untold < STEP) return { passes: true, tell: 0 };
    window.told = window.count;
    return { passes: true, tell: untold };
  }

  /** Lets nothing more of this name through in this window. */
  shut(name: string, nowMs: number): void {
    this.#turn(nowMs);
    const window = this.#windows.get(name) ?? { count: 0, told: 0, isShut: true };
    window.isShut = true;
    this.#windows.set(name, window);
  }

  secondsLeft(nowMs: number): number {
    return Math.ceil((this.#windowMs - (nowMs % this.#windowMs)) / 1_000);
  }

  #turn(nowMs: number): void {
    const epoch = Math.floor(nowMs / this.#windowMs);
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#windows = new Map();
  }
}
