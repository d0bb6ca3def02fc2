import control from "../../migrations/control/meta/_journal.json" with { type: "json" };
import db from "../../migrations/db/meta/_journal.json" with { type: "json" };
import type { Env } from "../env.ts";

// wrangler's own table, which scripts/lib/migrate.mjs writes too.
const COUNT = "SELECT count(*) AS applied FROM d1_migrations";

/** Whether both databases answer and have had every migration that this version knows; throws what they throw. */
export async function isMigrated({ DB, CONTROL }: Pick<Env, "DB" | "CONTROL">): Promise<boolean> {
  const [logs, keys] = await Promise.all([
    DB.prepare(COUNT).first<number>("applied"),
    CONTROL.prepare(COUNT).first<number>("applied"),
  ]);
  // More is well: the version after this one has begun to arrive.
  return (logs ?? 0) >= db.entries.length && (keys ?? 0) >= control.entries.length;
}
