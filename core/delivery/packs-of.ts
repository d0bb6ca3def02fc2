import type { LogRecord } from "../record.ts";
import type { Payload } from "./message.ts";
import { joinPackText, packTextOf } from "./pack-text.ts";

/** The unit that is journalled, sent and applied: some records of one batch, compressed. */
export interface Pack extends Payload {
  count: number;
  /** Earliest and latest time of its records, epoch milliseconds. */
  minMs: number;
  maxMs: number;
  /** Of its text in UTF-8, before compression: it becomes one bound parameter. */
  plainBytes: number;
}

/** A pack of ordinary lines then fits a queue message, see message-plan.ts. */
export const MAX_PACK_RECORDS = 2_000;
/** D1 binds at most 2,000,000 bytes. */
export const MAX_PACK_PLAIN_BYTES = 1_900_000;
/** A queue message holds 128,000 bytes with its envelope. */
export const MAX_PACK_BYTES = 100_000;

/** How a pack's text becomes its body. */
export interface PackCodec {
  /** In UTF-8. */
  encode: (text: string) => Uint8Array;
  compress: (plain: Uint8Array) => Uint8Array;
}

/**
 * Cuts the records of a batch into packs within the three bounds above, in order.
 *
 * A single record may still be over MAX_PACK_BYTES (64 KB of noise does not compress); it gets a pack of its own and
 * the queue carries a reference to it instead of its body.
 */
export function packsOf(
  records: readonly LogRecord[],
  { encode, compress }: PackCodec,
): { pack: Pack; records: readonly LogRecord[] }[] {
  const packs: { pack: Pack; records: readonly LogRecord[] }[] = [];
  const add = (slice: readonly LogRecord[]): void => {
    const plain = encode(joinPackText(packTextOf(slice)));
    if (plain.length <= MAX_PACK_PLAIN_BYTES || slice.length === 1) {
      const body = compress(plain);
      if (body.length <= MAX_PACK_BYTES || slice.length === 1) {
        packs.push({
          pack: { count: slice.length, ...spanOf(slice), body, plainBytes: plain.length },
          records: slice,
        });
        return;
      }
    }
    const middle = slice.length >> 1;
    add(slice.slice(0, middle));
    add(slice.slice(middle));
  };
  for (let from = 0; from < records.length; from += MAX_PACK_RECORDS) {
    add(records.length <= MAX_PACK_RECORDS ? records : records.slice(from, from + MAX_PACK_RECORDS));
  }
  return packs;
}

function spanOf(records: readonly LogRecord[]): { minMs: number; maxMs: number } {
  let minMs = Number.POSITIVE_INFINITY;
  let maxMs = Number.NEGATIVE_INFINITY;
  for (const { tsMs } of records) {
    if (tsMs < minMs) minMs = tsMs;
    if (tsMs > maxMs) maxMs = tsMs;
  }
  return { minMs, maxMs };
}
