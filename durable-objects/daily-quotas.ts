import type { Quota } from "../core/delivery/message.ts";
import { quotaShare } from "../core/delivery/quota-share.ts";

const DAY_MS = 86_400_000;
// One row a key that has a quota and sends here; a new day begins in the same row.
const SCHEMA =
  "CREATE TABLE IF NOT EXISTS quotas (name TEXT PRIMARY KEY, day INTEGER NOT NULL, records INTEGER NOT NULL) WITHOUT ROWID";

/** How many records of each key with a quota this stream has taken today (UTC). Written together with the records themselves. */
export class DailyQuotas {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  /** Counts records if all of them fit, and says whether they do. Without an await before the records are written, both are one transaction. */
  take({ name, limit }: Quota, records: number, nowMs: number, shards: number, shard: number): boolean {
    const day = Math.floor(nowMs / DAY_MS);
    const [row] = this.#sql.exec<{ day: number; records: number }>(
      "SELECT day, records FROM quotas WHERE name = ?",
      name,
    );
    const taken = (row?.day === day ? row.records : 0) + records;
    if (taken > quotaShare(limit, shards, shard)) return false;
    this.#sql.exec("INSERT OR REPLACE INTO quotas VALUES (?, ?, ?)", name, day, taken);
    return true;
  }
}
