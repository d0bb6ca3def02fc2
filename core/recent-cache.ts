import { flatText } from "./flat-text.ts";

/** Longer keys are attacks, and not remembered: ten thousands of them would fill the memory. */
const MAX_KEY_CHARS = 1_024;

/**
 * Remembers the last `capacity` to `2 * capacity` answers of a slow question.
 *
 * Two generations instead of a list of use: a hit costs one look-up and moves nothing, and a flood of new keys forgets
 * only what was not asked for since the last turn.
 */
export class RecentCache<Value> {
  readonly #capacity: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** Returns the key as it is kept, apart from the body that it came in; asking with that very text is the fastest. */
  set(key: string, value: Value): string {
    const own = flatText(key);
    if (key.length > MAX_KEY_CHARS) return own;
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(own, value);
    return own;
  }
}
