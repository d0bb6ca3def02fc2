import { DurableObject } from "cloudflare:workers";
import { type MetricDelta, MetricSums } from "../core/metrics/metric-delta.ts";
import type { ObjectsEnv } from "./env.ts";

/** Sums are saved this long after the first unsaved delta: before an object without events is put to sleep, which takes 10 s. */
const SAVE_AFTER_MS = 8_000;

/**
 * The one place where what the Worker's isolates counted is added up: there are many of them, each lives as long as it likes, and a
 * scrape reaches any one. What a crash takes are the counts of the last seconds; Prometheus takes a smaller counter for a restart.
 */
export class Meters extends DurableObject<ObjectsEnv> {
  readonly #sql = this.ctx.storage.sql;
  readonly #sums: MetricSums;
  #isSaved = true;

  constructor(ctx: DurableObjectState, env: ObjectsEnv) {
    super(ctx, env);
    this.#sql.exec("CREATE TABLE IF NOT EXISTS sums (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL)");
    const [row] = this.#sql.exec<{ value: string }>("SELECT value FROM sums").toArray();
    this.#sums = new MetricSums(row && (JSON.parse(row.value) as MetricDelta));
  }

  async add(delta: MetricDelta): Promise<void> {
    this.#sums.add(delta);
    if (!this.#isSaved) return;
    this.#isSaved = false;
    await this.ctx.storage.setAlarm(Date.now() + SAVE_AFTER_MS);
  }

  async sums(): Promise<MetricDelta> {
    return this.#sums.state();
  }

  override async alarm(): Promise<void> {
    this.#isSaved = true;
    this.#sql.exec("INSERT OR REPLACE INTO sums VALUES (1, ?)", JSON.stringify(this.#sums.state()));
  }
}
