import type { Buffer } from "node:buffer";
import { zstdDecompressSync } from "node:zlib";

/** Output is gathered in pieces of this size; the default of 16 KB makes twenty of an ordinary pack. */
const CHUNK_BYTES = 512 * 1_024;

/** The text of a compressed part of a pack. */
export const unpack = (body: Uint8Array): string =>
  (zstdDecompressSync(body, { chunkSize: Math.min(CHUNK_BYTES, body.length * 16 + 1_024) }) as Buffer).toString("utf8");
