import { Buffer } from "node:buffer";
import { constants, zstdCompressSync } from "node:zlib";
import type { CountedPack } from "../../core/delivery/message.ts";
import { type PackCodec, packsOf } from "../../core/delivery/packs-of.ts";
import { tallyOf } from "../../core/live/live-counters.ts";
import type { LogRecord } from "../../core/record.ts";

// Level 1: on rows of access lines within 3 % of the size of level 3, in two thirds of its time.
const ZSTD = { chunkSize: 128 * 1_024, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const CODEC: PackCodec = {
  encode: (text) => Buffer.from(text, "utf8"),
  compress: (plain) => zstdCompressSync(plain, ZSTD) as Buffer,
};

/** The records of a batch as the stream takes them: compressed, counted and summarised. */
export const countedPacksOf = (records: readonly LogRecord[]): CountedPack[] =>
  packsOf(records, CODEC).map(({ pack, records: packed }) => ({ ...pack, tally: tallyOf(packed) }));
