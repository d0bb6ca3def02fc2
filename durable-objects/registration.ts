import type { ObjectsEnv } from "./env.ts";
import type { StreamState } from "./stream-state.ts";

/** A service is announced once, before its first record: their number is bounded. */
export class Registration {
  readonly #env: ObjectsEnv;
  readonly #state: StreamState;
  #running: Promise<boolean> | undefined;

  constructor(env: ObjectsEnv, state: StreamState) {
    this.#env = env;
    this.#state = state;
  }

  /** How many services there may be. */
  limit(): number {
    return Number(this.#env.MAX_SERVICES ?? 1_000);
  }

  /** False where there is no room for one more. */
  async isDone(service: string, shard: number): Promise<boolean> {
    if (this.#state.service !== "") return true;
    this.#running ??= this.#env.OVERVIEW.getByName("overview").register(service, this.limit(), shard);
    const isRegistered = await this.#running.finally(() => {
      this.#running = undefined;
    });
    if (!isRegistered) return false;
    this.#state.service = service;
    this.#state.shard = shard;
    this.#state.write();
    return true;
  }
}
