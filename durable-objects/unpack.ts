import { Buffer } from "node:buffer";
import { constants, zstdDecompressSync } from "node:zlib";

/** Output is gathered in pieces of this size; the default of 16 KB makes twenty of an ordinary pack. */
const CHUNK_BYTES = 512 * 1_024;

/**
 * The text of a compressed part of a pack.
 *
 * With the default `finishFlush` workerd of 17 November 2026 says "unexpected end of file" of whole frames whose plain size is
 * 40,960 bytes or twice, four or eight times that; told that more may come, it reads them all.
 */
export const unpack = (body: Uint8Array): string => decompressed(body).toString("utf8");

/** The same in UTF-8. A copy: what was decompressed holds all of CHUNK_BYTES in memory, of each pack of a batch at once. */
export const unpackBytes = (body: Uint8Array): Buffer => Buffer.concat([decompressed(body)]);

const decompressed = (body: Uint8Array): Buffer =>
  zstdDecompressSync(body, {
    chunkSize: Math.min(CHUNK_BYTES, body.length * 16 + 1_024),
    finishFlush: constants.ZSTD_e_continue,
  }) as Buffer;
