import { constants, zstdDecompressSync } from "node:zlib";
import { addCounts } from "../../core/add-counts.ts";
import type { Quota } from "../../core/delivery/message.ts";
import type { Codec } from "../../core/segment/parquet/format.ts";
import { entriesOfParquet, NotOurParquet } from "../../core/segment/parquet-entries.ts";
import { hexOf } from "../archive/put-segment.ts";
import { FAST_LEVEL, zstdCodec } from "../archive/zstd-codec.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { ingestBatch } from "./ingest-batch.ts";

/** How long a piece is known again: as long as an Idempotency-Key. */
const KEPT_MS = 24 * 3_600_000;
/** A page of one column of a row group: where a zip bomb stops. */
const MAX_PAGE_BYTES = 64_000_000;

export interface Imported {
  /** In the file. */
  records: number;
  accepted: number;
  /** Records that the same file had brought before. */
  repeated: number;
  dropped: Record<string, number>;
}

/**
 * Stores the records of a Parquet file of ours as if their lines had come: parsed they are already, cleaned and enriched they are again.
 * Each piece is named by the file's hash and its place, so that a file that broke off is sent again as a whole, and stored once.
 *
 * @throws ApiError invalid_request for what is no such file; of one that is damaged the pieces before are stored
 */
export async function importParquet(
  env: Env,
  service: string,
  bytes: Uint8Array,
  { receivedMs, quota }: { receivedMs: number; quota: Quota | undefined },
): Promise<Imported> {
  if (bytes.length === 0) return { records: 0, accepted: 0, repeated: 0, dropped: {} };
  const hash = hexOf(await crypto.subtle.digest("SHA-256", bytes));
  const done: Imported = { records: 0, accepted: 0, repeated: 0, dropped: {} };
  try {
    for await (const entries of entriesOfParquet(bytes, boundedCodec)) {
      const key = `parquet:${service}:${hash}:${done.records}`;
      const originOf = () => ({ kind: "key" as const, key, bodyHash: hash, keptMs: KEPT_MS });
      const stored = await ingestBatch(env, { service, entries, receivedMs, quota, originOf });
      done.records += entries.length;
      if (stored.isRepeated) done.repeated += stored.accepted;
      else done.accepted += stored.accepted;
      addCounts(done.dropped, stored.dropped);
    }
  } catch (error) {
    if (error instanceof NotOurParquet) throw new ApiError("invalid_request", error.message);
    throw error;
  }
  return done;
}

/** For files of anybody's making: a page that says more than it may, or has more than it says, is refused. */
export const boundedCodec: Codec = {
  ...zstdCodec(FAST_LEVEL),
  decompress(bytes, plainLength) {
    if (plainLength > MAX_PAGE_BYTES) throw new RangeError(`a page may have ${MAX_PAGE_BYTES} bytes`);
    const room = Math.max(64, plainLength + 1);
    return zstdDecompressSync(bytes, {
      chunkSize: room,
      finishFlush: constants.ZSTD_e_continue,
      // workerd grows its room by more than is needed, and counts what it took: at exactly the length some pages are too long.
      maxOutputLength: 2 * room,
    });
  },
};
