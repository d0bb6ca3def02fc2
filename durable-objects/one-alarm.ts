/** An alarm that has not fired this long after its time is set again by the next event. */
const OVERDUE_MS = 2_000;

/**
 * An object's single alarm: set only when something is due earlier than what is set.
 *
 * Local workerd was seen to keep an alarm's time and never fire it in two cases, which this class stays out of: set by
 * another event while the alarm runs (the run itself sets the next), and set for the very millisecond of the last one.
 */
export class OneAlarm {
  readonly #storage: DurableObjectStorage;
  #setMs: number | null = null;
  #lastMs = 0;
  #isRunning = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Reads what was set before this object woke. */
  async load(): Promise<void> {
    this.#setMs = await this.#storage.getAlarm();
  }

  /** The alarm fired: nothing sets the next before `work` is done. */
  async run(work: () => Promise<void>): Promise<void> {
    this.#lastMs = Math.max(this.#setMs ?? 0, Date.now());
    this.#setMs = null;
    this.#isRunning = true;
    try {
      await work();
    } finally {
      this.#isRunning = false;
    }
  }

  async wakeBy(dueMs: number): Promise<void> {
    if (this.#isRunning) return;
    const isSet = this.#setMs !== null && this.#setMs <= dueMs && this.#setMs > Date.now() - OVERDUE_MS;
    if (isSet) return;
    this.#setMs = Math.max(dueMs, this.#lastMs + 1);
    await this.#storage.setAlarm(this.#setMs);
  }
}
