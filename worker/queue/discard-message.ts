import type { MessageRange } from "../../core/delivery/message.ts";
import { type Env, streamOf } from "../env.ts";

const INSERT_SERVICE =
  "INSERT INTO services (name, first_seen_ms, last_seen_ms, records) VALUES (?1, ?2, ?2, 0) ON CONFLICT (name) DO NOTHING";
// applied_ms 0: nothing of it is stored, and nothing ever will be, for whoever applies it finds this row.
const INSERT_LEDGER = `INSERT INTO ledger (service_id, shard, first_seq, last_seq, received_ms, applied_ms)
SELECT id, ?2, ?3, ?4, ?5, 0 FROM services WHERE name = ?1 ON CONFLICT DO NOTHING`;
const SELECT_LEDGER =
  "SELECT applied_ms FROM ledger WHERE service_id = (SELECT id FROM services WHERE name = ?1) AND shard = ?2 AND first_seq = ?3";

/**
 * Gives a dead letter up. The ledger says so first and the stream forgets it second: a crash between the two is made
 * good by asking again. Answers `stored` where the database took the message meanwhile: then there is nothing to give up.
 */
export async function discardMessage(
  env: Env,
  service: string,
  shard: number,
  { firstSeq, lastSeq }: MessageRange,
  nowMs: number,
): Promise<"discarded" | "stored"> {
  const { DB } = env;
  const results = await DB.batch<{ applied_ms: number }>([
    DB.prepare(INSERT_SERVICE).bind(service, nowMs),
    DB.prepare(INSERT_LEDGER).bind(service, shard, firstSeq, lastSeq, nowMs),
    DB.prepare(SELECT_LEDGER).bind(service, shard, firstSeq),
  ]);
  const stream = streamOf(env, service, shard);
  if (results[2]!.results[0]?.applied_ms !== 0) {
    await stream.confirm([{ firstSeq, lastSeq }]);
    return "stored";
  }
  await stream.discard(firstSeq);
  return "discarded";
}
