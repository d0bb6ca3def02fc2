import { Buffer } from "node:buffer";
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Codec } from "../../core/segment/parquet/format.ts";

/** Writing at once is paid for by the sender's wait; sealing has time. */
export const FAST_LEVEL = 1;
export const SMALL_LEVEL = 6;

/** zstd as the platform has it. */
export const zstdCodec = (level: number): Codec => ({
  compress: (bytes) =>
    zstdCompressSync(bytes, { chunkSize: bytes.length + 512, params: { [constants.ZSTD_c_compressionLevel]: level } }),
  // As in durable-objects/unpack.ts: told that more may come, workerd reads frames that it otherwise calls cut.
  decompress: (bytes, plainLength) =>
    // A byte more than there is: where the room is used up to its end, as much again is made for what may follow.
    zstdDecompressSync(bytes, { chunkSize: Math.max(64, plainLength + 1), finishFlush: constants.ZSTD_e_continue }),
  binaryText: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"),
});
