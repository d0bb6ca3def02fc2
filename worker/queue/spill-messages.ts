import { withRaw } from "../../core/segment/with-raw.ts";
import { writeColumns } from "../../core/segment/write-segment.ts";
import { putObject } from "../archive/put-segment.ts";
import { insertSegment, type SegmentRow, type SeqRun } from "../archive/segment-row.ts";
import { FAST_LEVEL, zstdCodec } from "../archive/zstd-codec.ts";
import type { Env } from "../env.ts";
import { settingsOf } from "../service-settings.ts";
import { noteSize } from "./database-size.ts";
import { countService, insertLedger, insertService, insertSummaries, isLedgerConflict } from "./statements.ts";
import { StoredStatistics } from "./stored-statistics.ts";
import type { UnpackedMessage } from "./unpacked-message.ts";

const SELECT_APPLIED =
  "SELECT shard, first_seq FROM ledger WHERE service_id = (SELECT id FROM services WHERE name = ?1) AND (shard, first_seq) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))";

const codec = zstdCodec(FAST_LEVEL);

/**
 * Writes messages of one service as one segment of the archive, without a row a record: the object first, then ledger,
 * summaries and the segment's row in one transaction. A crash between the two leaves an object that nothing names.
 *
 * Messages that were applied before are left out; the others are answered. Throws what the bucket and the database throw.
 */
export async function spillMessages(
  env: Env,
  given: readonly UnpackedMessage[],
  nowMs: number,
): Promise<readonly UnpackedMessage[]> {
  // A message may come twice at once; it would conflict with itself for ever.
  const messages = [...new Map(given.map((message) => [`${message.shard}/${message.firstSeq}`, message])).values()];
  try {
    await commitSpill(env, messages, await putMessages(env, messages), nowMs);
    return messages;
  } catch (error) {
    if (!isLedgerConflict(error)) throw error;
    const fresh = await notApplied(env, messages);
    // Fewer each time: what conflicted is in the ledger.
    return fresh.length > 0 ? spillMessages(env, fresh, nowMs) : [];
  }
}

/** What the first step leaves for the second. */
export interface Spilled {
  segment: SegmentRow;
  statistics: StoredStatistics;
}

/** First step of two: the object. Its rows are read once, for it and for the statistics. */
export async function putMessages(env: Env, messages: readonly UnpackedMessage[]): Promise<Spilled> {
  const ordered = messages.toSorted((a, b) => a.shard - b.shard || a.firstSeq - b.firstSeq);
  const { service } = ordered[0]!;
  const { rawInArchive } = await settingsOf(env, service);
  const statistics = new StoredStatistics();
  for (const message of ordered) {
    for (const pack of message.packs) {
      const packed = [pack.packed(message.shard)];
      for (const rows of rawInArchive ? withRaw(packed) : packed) statistics.add(message, rows);
    }
  }
  const written = writeColumns(service, statistics.columns, codec);
  // Before the object is put, which may take a while: the columns are the most that is held here.
  statistics.summaryRows();
  const segment = await putObject(env, {
    ...{ service, ...written },
    seqs: runsOf(ordered),
    kind: "spilled",
    receivedFromMs: Math.min(...ordered.map(({ receivedMs }) => receivedMs)),
    receivedToMs: Math.max(...ordered.map(({ lastReceivedMs }) => lastReceivedMs)),
  });
  return { segment, statistics };
}

/** Second step: everything in the database, or nothing. */
export async function commitSpill(
  { DB }: Env,
  messages: readonly UnpackedMessage[],
  { segment, statistics }: Spilled,
  nowMs: number,
): Promise<void> {
  const results = await DB.batch([
    insertService(DB, messages[0]!),
    insertLedger(DB, messages, statistics, nowMs, 1),
    ...insertSummaries(DB, messages[0]!, statistics),
    insertSegment(DB, messages[0]!.service, segment),
    countService(DB, messages, nowMs, 0),
  ]);
  noteSize(results);
}

/** Messages in order, those that follow one another as one run. */
function runsOf(messages: readonly UnpackedMessage[]): SeqRun[] {
  const runs: SeqRun[] = [];
  for (const { shard, firstSeq, lastSeq } of messages) {
    const last = runs.at(-1);
    if (last?.[0] === shard && last[2] + 1 === firstSeq) last[2] = lastSeq;
    else runs.push([shard, firstSeq, lastSeq]);
  }
  return runs;
}

async function notApplied({ DB }: Env, messages: readonly UnpackedMessage[]): Promise<UnpackedMessage[]> {
  const keys = messages.map(({ shard, firstSeq }) => [shard, firstSeq]);
  const { results } = await DB.prepare(SELECT_APPLIED)
    .bind(messages[0]!.service, JSON.stringify(keys))
    .all<{ shard: number; first_seq: number }>();
  const applied = new Set(results.map((row) => `${row.shard}/${row.first_seq}`));
  return messages.filter(({ shard, firstSeq }) => !applied.has(`${shard}/${firstSeq}`));
}
