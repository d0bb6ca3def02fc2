import { Buffer } from "node:buffer";
import { constants, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { encodingOf } from "../../core/ingest/encoding-of.ts";
import { ApiError } from "../errors.ts";

/** A request body as it comes, compressed or not; see docs/limits-and-cost.md. */
export const MAX_BODY_BYTES = 10_000_000;
/** The same after decompression: where a zip bomb stops. */
export const MAX_PLAIN_BYTES = 40_000_000;
/** A body that trickles holds memory: past this it is given up, and its sender told so. */
export const MAX_BODY_MS = 120_000;

const DECOMPRESS = { gzip: gunzipSync, zlib: inflateSync, zstd: unzstd } as const;

/**
 * The body of a request, decompressed by what it is, whatever its headers claim.
 *
 * Throws `payload_too_large`, `request_timeout`, or `invalid_encoding` for a stream that breaks off or is damaged.
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  const body = await readAll(request, MAX_BODY_BYTES, MAX_BODY_MS);
  const encoding = encodingOf(body);
  if (!encoding) return body;
  try {
    return DECOMPRESS[encoding](body, { maxOutputLength: MAX_PLAIN_BYTES }) as Buffer;
  } catch (error) {
    if (isTooLong(error)) throw tooLarge(`${MAX_PLAIN_BYTES} bytes decompressed`);
    throw new ApiError("invalid_encoding", `the body begins as ${encoding} but cannot be decompressed`, {
      cause: error,
    });
  }
}

/** The sizes of whole frames that workerd takes for broken ones are multiples of this; see durable-objects/unpack.ts. */
const MISREAD_BYTES = 40_960;

/** A second try with "more may come" would also take what really breaks off, so only such a size is believed. */
function unzstd(body: Uint8Array, options: { maxOutputLength: number }): Uint8Array {
  try {
    return zstdDecompressSync(body, options);
  } catch (error) {
    if (isTooLong(error)) throw error;
    const plain = zstdDecompressSync(body, { ...options, finishFlush: constants.ZSTD_e_continue });
    if (plain.length === 0 || plain.length % MISREAD_BYTES !== 0) throw error;
    return plain;
  }
}

/**
 * The bytes of a request.
 *
 * @throws ApiError payload_too_large, request_timeout
 */
export async function readAll(request: Request, maxBytes: number, maxMs: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("Content-Length") ?? 0);
  if (declared > maxBytes) throw tooLarge(`${maxBytes} bytes`);
  if (!request.body) return new Uint8Array();
  let timer: ReturnType<typeof setTimeout> | null = null;
  // A timer that is cleared, not a wait that is aborted: the error of each abort cost as much as a small request.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ApiError("request_timeout", `the body did not arrive within ${maxMs / 1_000} s`));
    }, maxMs);
  });
  try {
    // Twice as fast as piece by piece, where the length is known.
    const read = declared > 0 ? request.bytes() : readPieces(request.body, maxBytes);
    return await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readPieces(body: ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(`${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

const tooLarge = (limit: string): ApiError =>
  new ApiError("payload_too_large", `a body may have ${limit}; send smaller batches`);

/** workerd throws a RangeError without a code, Node one with ERR_BUFFER_TOO_LARGE. */
const isTooLong = (error: unknown): boolean => error instanceof RangeError;
