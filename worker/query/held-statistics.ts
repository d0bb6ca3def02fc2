import type { PlacedPack } from "../../core/delivery/message.ts";
import { ColumnBuilder } from "../../core/segment/column-builder.ts";
import { columnStatistics } from "../../core/summary/column-statistics.ts";
import { type SummaryRow, summaryRowsOf } from "../../core/summary/summary-rows.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { UnconfirmedRange } from "../../durable-objects/unconfirmed.ts";
import { unpackBytes } from "../../durable-objects/unpack.ts";
import { ByteCache } from "../archive/byte-cache.ts";
import { askShards, type Env, type streamOf } from "../env.ts";
import { PackBytes } from "../queue/pack-bytes.ts";

/**
 * Compressed bytes that one question reads of the streams: of ordinary lines 300,000, and a second of work. What was counted for an
 * earlier question is not read again; what is beyond is told as a partial answer.
 */
export const MAX_READ_BYTES = 12_000_000;
/** Statistics remembered, a byte a character as V8 keeps what is ASCII: those of a thousand messages. */
const MAX_KEPT_BYTES = 8_000_000;
/** Read at once of one stream: a message is 125 KB, and ten times as much text. */
const RANGES_AT_ONCE = 4;

/** Statistics of packs that the database may not have yet. */
export interface HeldStatistics {
  shard: number;
  firstSeq: number;
  rows: readonly SummaryRow[];
}

/** What is asked of the records of a time range. */
export interface HeldQuestion extends TimeRange {
  /** Their most frequent values too: counting those takes most of the time. */
  withValues: boolean;
}

/** A range of a stream never changes, so it is counted once, whoever asks; and once more if its values are asked for later. */
const known = new ByteCache<readonly SummaryRow[]>(MAX_KEPT_BYTES);

/** What the questions of one answer may still read. */
export interface ReadRoom {
  bytes: number;
}

/** Statistics of what the streams of a service hold, in order of seq within each shard; `isCut`: they hold more than there was room for. */
export async function heldStatistics(
  env: Env,
  service: string,
  { fromMs, toMs, withValues }: HeldQuestion,
  room: ReadRoom,
): Promise<{ held: HeldStatistics[]; isCut: boolean }> {
  let isCut = false;
  const byShard = await askShards(env, service, async (stream, shard) => {
    const name = `${service}/${shard}`;
    const wanted: UnconfirmedRange[] = [];
    // The newest first: what there is no room for is the oldest.
    for (const range of (await stream.unconfirmedRanges(fromMs, toMs)).reverse()) {
      if (!knownOf(keyOf(name, range), withValues)) {
        if (room.bytes < range.bytes) {
          isCut = true;
          continue;
        }
        room.bytes -= range.bytes;
      }
      wanted.push(range);
    }
    const held: HeldStatistics[] = [];
    for (let from = 0; from < wanted.length; from += RANGES_AT_ONCE) {
      const some = wanted.slice(from, from + RANGES_AT_ONCE);
      const counted = await Promise.all(
        some.map((range) => statisticsOf(stream, range, keyOf(name, range), withValues)),
      );
      counted.forEach((rows, at) => {
        if (rows) held.push({ shard, firstSeq: some[at]!.firstSeq, rows });
      });
    }
    return held.reverse();
  });
  return { held: byShard.flat(), isCut };
}

/** Undefined where the stream has forgotten the range meanwhile: then the database has it. */
async function statisticsOf(
  stream: ReturnType<typeof streamOf>,
  range: UnconfirmedRange,
  key: string,
  withValues: boolean,
): Promise<readonly SummaryRow[] | undefined> {
  const before = knownOf(key, withValues);
  if (before) return before;
  const packs: PlacedPack[] = await stream.packs(range);
  // Another question may have asked at the same time.
  const meanwhile = knownOf(key, withValues);
  if (meanwhile) return meanwhile;
  if (packs.length === 0) return undefined;
  const columns = new ColumnBuilder();
  for (const { body, firstSeq } of packs) columns.add(new PackBytes(unpackBytes(body), firstSeq).packed(0));
  const rows = summaryRowsOf(columnStatistics(columns, { withValues }));
  known.set(
    withValues ? key : withoutValues(key),
    rows,
    rows.reduce((sum, [, , summary]) => sum + summary.length, 0),
  );
  return rows;
}

/** Whoever needs no values takes statistics that have them. */
const knownOf = (key: string, withValues: boolean): readonly SummaryRow[] | undefined =>
  known.get(key) ?? (withValues ? undefined : known.get(withoutValues(key)));

const withoutValues = (key: string): string => `${key}/figures`;

/** Time and bytes: a stream that was set back to an earlier state gives its seqs out again. */
const keyOf = (name: string, { firstSeq, lastSeq, receivedMs, bytes }: UnconfirmedRange): string =>
  `${name}/${firstSeq}-${lastSeq}/${receivedMs}/${bytes}`;
