import type { PackedRows, Rows } from "../../core/segment/column-builder.ts";
import type { Codec } from "../../core/segment/parquet/format.ts";
import { withRaw } from "../../core/segment/with-raw.ts";
import { writeSegment } from "../../core/segment/write-segment.ts";
import type { Env } from "../env.ts";
import { settingsOf } from "../service-settings.ts";
import { allCold, type SegmentKind, type SegmentRow, type SeqRun } from "./segment-row.ts";

export interface SegmentSource {
  service: string;
  rows: Iterable<Rows | PackedRows>;
  seqs: SeqRun[];
  kind: SegmentKind;
  receivedFromMs: number;
  receivedToMs: number;
}

/**
 * Writes records as an object of the archive. It exists for queries only once its row is inserted; an object without a row is
 * swept an hour later. The same records give the same key and the same bytes.
 *
 * The row says that all of them are archived; who keeps hot rows beside it changes `coldMs`.
 */
export async function putSegment(
  env: Env,
  { service, rows, ...known }: SegmentSource,
  codec: Codec,
): Promise<SegmentRow> {
  const { rawInArchive } = await settingsOf(env, service);
  const { bytes, facts } = writeSegment(service, rawInArchive ? withRaw(rows) : rows, codec);
  return putObject(env, { service, bytes, facts, ...known });
}

export async function putObject(
  env: Env,
  { service, bytes, facts, ...known }: Omit<SegmentSource, "rows"> & ReturnType<typeof writeSegment>,
): Promise<SegmentRow> {
  const hash = hexOf(await crypto.subtle.digest("SHA-256", bytes));
  const key = keyOf(service, known.receivedFromMs, `${facts.shard}-${facts.firstSeq}-${hash.slice(0, 12)}`);
  await env.ARCHIVE.put(key, bytes, { sha256: hash });
  return { ...facts, ...known, coldMs: allCold(facts.maxMs), bytes: bytes.length, hotUntilMs: null, key, hash };
}

/** Where all segments of a service are. */
export const prefixOf = (service: string): string => `archive/service=${service}/`;

/** Date and hour (UTC) are of the time at which the first record was received: a record's own time may be any. */
const keyOf = (service: string, receivedMs: number, name: string): string => {
  const received = new Date(receivedMs).toISOString();
  return `${prefixOf(service)}date=${received.slice(0, 10)}/hour=${received.slice(11, 13)}/${name}.parquet`;
};

export const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
