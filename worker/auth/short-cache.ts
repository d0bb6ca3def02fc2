import { waitUntil } from "cloudflare:workers";
import { logWarning } from "../../durable-objects/log.ts";
import { ApiError } from "../errors.ts";

interface Entry<Value> {
  value: Value;
  readMs: number;
  /** When it was last asked for again. */
  askedMs: number;
}

interface ShortCacheOptions {
  /** After this an entry is read again beside the request that uses it. */
  freshMs: number;
  /** After this it is read again before it is used: a change is effective everywhere within this time. */
  usableMs: number;
  maxEntries: number;
}

/** While the database does not answer, nothing can be changed in it either: what was last known holds so long. */
const WITHOUT_DATABASE_MS = 3_600_000;

/**
 * What the database said a moment ago, per isolate. A request that finds an entry never waits for the database, and a
 * steady flow of requests costs one read per `freshMs`.
 *
 * Holds values, not promises: a promise belongs to the request that made it, and dies with it. What is not there
 * (undefined) is not held.
 */
export class ShortCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #options: ShortCacheOptions;

  constructor(options: ShortCacheOptions) {
    this.#options = options;
  }

  /** @throws ApiError overloaded where `read` throws, and nothing is known that may still be used */
  async get(key: string, nowMs: number, read: () => Promise<Value | undefined>): Promise<Value | undefined> {
    const { freshMs, usableMs } = this.#options;
    const entry = this.#entries.get(key);
    if (entry && nowMs - entry.readMs < usableMs) {
      if (nowMs - Math.max(entry.readMs, entry.askedMs) >= freshMs) {
        entry.askedMs = nowMs;
        waitUntil(this.#refresh(key, nowMs, read));
      }
      return entry.value;
    }
    try {
      return this.#put(key, nowMs, await read());
    } catch (error) {
      logWarning("access_unreadable", { error });
      if (entry && nowMs - entry.readMs <= WITHOUT_DATABASE_MS) return entry.value;
      throw new ApiError("overloaded", "who may do what cannot be read at the moment", {
        retryAfterSeconds: 1,
        cause: error,
      });
    }
  }

  /** What is known and still usable. */
  peek(key: string, nowMs: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && nowMs - entry.readMs < this.#options.usableMs ? entry.value : undefined;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  async #refresh(key: string, nowMs: number, read: () => Promise<Value | undefined>): Promise<void> {
    try {
      this.#put(key, nowMs, await read());
    } catch (error) {
      // It stays usable for a while, and is asked for again.
      logWarning("access_unreadable", { error });
    }
  }

  #put(key: string, readMs: number, value: Value | undefined): Value | undefined {
    this.#entries.delete(key);
    if (value === undefined) return undefined;
    if (this.#entries.size >= this.#options.maxEntries) this.#entries.delete(this.#entries.keys().next().value!);
    this.#entries.set(key, { value, readMs, askedMs: readMs });
    return value;
  }
}
