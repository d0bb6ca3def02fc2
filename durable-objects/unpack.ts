import type { Buffer } from "node:buffer";
import { zstdDecompressSync } from "node:zlib";

/** The text of a pack's body. */
export const unpack = (body: Uint8Array): string => (zstdDecompressSync(body) as Buffer).toString("utf8");
