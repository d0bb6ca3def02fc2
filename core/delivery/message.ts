import type { Tally } from "../live/live-counters.ts";
import type { Layout } from "./layout.ts";
import type { Pack } from "./packs-of.ts";

/** A pack with what was counted of it, as the Worker hands it to the stream. */
export interface CountedPack extends Pack {
  tally: Tally;
}

/** Proof of who sent a batch, so that a retry of it counts once. */
export type Origin =
  | { kind: "key"; key: string; bodyHash: string; keptMs: number }
  /** Frames `frame` to `lastFrame` (absent: one) of a socket's session, stored together. */
  | { kind: "frame"; session: string; frame: number; lastFrame?: number };

/** A socket's session may be taken up again for a day. */
export const SESSION_KEPT_MS = 24 * 3_600_000;

/** Names an origin, whatever stream it came to. A session has one name for all its frames. */
export const nameOfOrigin = (origin: Origin): string =>
  origin.kind === "key" ? `key:${origin.key}` : `session:${origin.session}`;

export const keptMsOf = (origin: Origin): number => (origin.kind === "key" ? origin.keptMs : SESSION_KEPT_MS);

/** How much a sender may still send on this day. */
export interface Quota {
  /** Of its key. */
  name: string;
  /** Records a UTC day into one service. */
  limit: number;
}

/** One RPC to a stream: every pack is journalled, or none. */
export interface AppendRequest {
  service: string;
  shard: number;
  receivedMs: number;
  packs: CountedPack[];
  origin?: Origin;
  /** What the caller knows of the service's shards; absent: that there is one. */
  layout?: Layout;
  /** The sender would lose what is refused: the journal's reserve is for it. */
  losesRefused?: boolean;
  quota?: Quota;
  /** Of the request that brought it, for logs. */
  requestId?: string | undefined;
}

/** Seqs given to a batch; undefined when it held no record. */
export interface SeqRange {
  shard: number;
  first: number;
  last: number;
}

export type AppendAnswer =
  | { kind: "stored"; seq: SeqRange | undefined; batch: string }
  /** The same batch was stored before; nothing was stored now. */
  | { kind: "repeated"; seq: SeqRange | undefined; batch: string }
  /** Frames up to `latest` were stored before, those after it not: nothing was stored now. */
  | { kind: "partly_repeated"; latest: number }
  /** The same Idempotency-Key came with another body, or frames before these are missing. */
  | { kind: "conflict" }
  /** The caller's layout is old: nothing was taken, the batch belongs elsewhere. */
  | { kind: "moved"; layout: Layout }
  /** The sender's quota of this day would be passed; nothing was taken. */
  | { kind: "over_quota" }
  | { kind: "full"; retryAfterSeconds: number }
  | { kind: "too_many_services"; limit: number };

/** What a pack holds. Those of earlier versions have statistics beside their body; nobody reads them any more. */
export interface Payload {
  /** Pack text, compressed; see pack-text.ts. */
  body: Uint8Array;
}

/** A pack that has its place in its stream. */
export interface PlacedPack extends Payload {
  firstSeq: number;
  count: number;
  receivedMs: number;
}

/** What travels through the queue: packs with contiguous seqs, always cut the same way when sent again. */
export interface DeliveryMessage {
  service: string;
  shard: number;
  firstSeq: number;
  lastSeq: number;
  /** Undefined where they are too large for the queue: the consumer then asks the stream for them. */
  packs: PlacedPack[] | undefined;
  /** When this copy of it was sent; absent in those of earlier versions. */
  sentMs?: number;
  /** Of requests that brought its records, some of them and as far as they are known, for logs. */
  requestIds?: string[];
}

/** Names one message of a stream. */
export interface MessageRange {
  firstSeq: number;
  lastSeq: number;
}

/** The database has a message. `sentMs` of the copy that it was told by; absent where no copy told it. */
export interface Confirmation extends MessageRange {
  sentMs?: number | undefined;
}
