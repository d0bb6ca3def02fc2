import type { MessageRange } from "../core/delivery/message.ts";
import { recordsOfPackText, splitPackText } from "../core/delivery/pack-text.ts";
import type { PlacedRecord } from "../core/record-json.ts";
import { type Holder, SharedRoom } from "./shared-room.ts";
import { unpack } from "./unpack.ts";

/** A pack as memory keeps it: compressed, a twentieth of its text. */
export interface KeptPack {
  shard: number;
  firstSeq: number;
  count: number;
  body: Uint8Array;
  receivedMs: number;
  /** When the stream had it. */
  streamMs: number;
  /** Of the request that brought it. */
  requestId?: string | undefined;
}

/** What was received is kept this long for watchers who come back or wind back, */
export const KEPT_MS = 15 * 60_000;
/** and as many bytes of compressed bodies: some 400,000 ordinary lines. */
export const KEPT_BYTES = 16_000_000;
/** All streams of one isolate together: it has 128 MB, and any number of objects may share it. */
const KEPT_TOGETHER_BYTES = 32_000_000;

/** A message of single lines is of hundreds of requests; its logs name so many. */
export const MAX_REQUEST_IDS = 8;

const together = new SharedRoom(KEPT_TOGETHER_BYTES);

/** The stream's memory of what it received lately. It is gone when the object sleeps; the database has it then. */
export class RecentPacks implements Holder {
  readonly #packs: KeptPack[] = [];
  readonly #room: SharedRoom;
  #bytes = 0;

  constructor(room = together) {
    this.#room = room;
    room.join(this);
  }

  add(pack: KeptPack): void {
    this.#packs.push(pack);
    this.#bytes += pack.body.length;
    const oldestMs = pack.receivedMs - KEPT_MS;
    while (this.#packs.length > 1 && (this.#bytes > KEPT_BYTES || this.#packs[0]!.receivedMs < oldestMs))
      this.forgetOldest();
    this.#room.fit();
  }

  bytes(): number {
    return this.#bytes;
  }

  forgetOldest(): void {
    this.#bytes -= this.#packs.shift()?.body.length ?? 0;
  }

  /** Somebody in them is to be forgotten: watchers who come back are then shown what the database has. */
  forgetAll(): void {
    this.#packs.length = 0;
    this.#bytes = 0;
  }

  /** Packs with records after this seq, oldest first. */
  after(seq: number): KeptPack[] {
    return this.#packs.filter(({ firstSeq, count }) => firstSeq + count - 1 > seq);
  }

  /** The first seq that is held; `lastSeq` + 1 when nothing is. */
  firstHeld(lastSeq: number): number {
    return this.#packs[0]?.firstSeq ?? lastSeq + 1;
  }

  /** When the oldest pack that is held was received. */
  heldFromMs(): number | undefined {
    return this.#packs[0]?.receivedMs;
  }

  /** Of the requests that brought these records: the newest of those that are held, at most MAX_REQUEST_IDS. */
  requestIdsOf({ firstSeq, lastSeq }: MessageRange): string[] {
    const ids = new Set<string>();
    for (let at = this.#packs.length - 1; at >= 0 && ids.size < MAX_REQUEST_IDS; at--) {
      const pack = this.#packs[at]!;
      if (pack.firstSeq < firstSeq) break;
      if (pack.firstSeq <= lastSeq && pack.requestId !== undefined) ids.add(pack.requestId);
    }
    return [...ids];
  }

  /** Packs that were received in the range, newest first, up to `maxBytes` of bodies. */
  receivedBetween(fromMs: number, toMs: number, maxBytes: number): { packs: KeptPack[]; isCut: boolean } {
    const packs: KeptPack[] = [];
    let bytes = 0;
    for (let at = this.#packs.length - 1; at >= 0; at--) {
      const pack = this.#packs[at]!;
      if (pack.receivedMs < fromMs || pack.receivedMs >= toMs) continue;
      if (bytes + pack.body.length > maxBytes && packs.length > 0) return { packs, isCut: true };
      bytes += pack.body.length;
      packs.push(pack);
    }
    return { packs, isCut: false };
  }
}

/** The records of a pack with their places. */
export function placedRecords(
  service: string,
  { shard, firstSeq, body }: Pick<KeptPack, "shard" | "firstSeq" | "body">,
): PlacedRecord[] {
  return recordsOfPackText(splitPackText(unpack(body))).map((record, at) => ({
    service,
    shard,
    seq: firstSeq + at,
    record,
  }));
}
