import type { MessageRange } from "../../core/delivery/message.ts";
import { type LedgerRange, verifyRanges } from "../../core/delivery/verify-ranges.ts";
import { askShards, type Env } from "../env.ts";

// A row with applied_ms 0 was written when a person discarded a dead letter; see worker/queue/discard-message.ts.
const SELECT_LEDGER =
  "SELECT shard, first_seq, last_seq, applied_ms FROM ledger WHERE service_id = (SELECT id FROM services WHERE name = ?1) ORDER BY shard, first_seq";

interface LedgerRow {
  shard: number;
  first_seq: number;
  last_seq: number;
  applied_ms: number;
}

type ShardRange = MessageRange & { shard: number };

/** What the ledger proves or disproves of a service, as `/api/pipeline/verify` answers it. */
export interface Verified {
  service: string;
  complete: boolean;
  acknowledged: number;
  stored: number;
  /** Records in the ledger, each counted once. */
  records: number;
  /** The last seq of shard 0. */
  lastSeq: number;
  gaps: ShardRange[];
  overlaps: ShardRange[];
  discarded: ShardRange[];
  shards: {
    shard: number;
    complete: boolean;
    acknowledged: number;
    stored: number;
    records: number;
    lastSeq: number;
  }[];
}

/** Holds the ledger against every stream that a service ever had. The streams first: what is applied meanwhile only makes the proof more complete. */
export async function verifyService(env: Env, service: string): Promise<Verified> {
  const streams = await askShards(env, service, async (stream, shard) => ({ ...(await stream.status()), shard }));
  const { results } = await env.DB.prepare(SELECT_LEDGER).bind(service).all<LedgerRow>();
  const proofs = streams.map(({ shard, acknowledged, stored, lastSeq }) => {
    const ranges = results.filter((row) => row.shard === shard).map(rangeOf);
    return { shard, acknowledged, stored, ...verifyRanges(ranges, lastSeq), lastSeq };
  });
  const sum = (of: "acknowledged" | "stored" | "records"): number => proofs.reduce((total, one) => total + one[of], 0);
  const ranges = (of: "gaps" | "overlaps" | "discarded"): ShardRange[] =>
    proofs.flatMap((proof) => proof[of].map((range) => ({ shard: proof.shard, ...range })));
  return {
    service,
    complete: proofs.every(({ isComplete }) => isComplete),
    acknowledged: sum("acknowledged"),
    stored: sum("stored"),
    records: sum("records"),
    lastSeq: proofs[0]!.lastSeq,
    gaps: ranges("gaps"),
    overlaps: ranges("overlaps"),
    discarded: ranges("discarded"),
    shards: proofs.map(({ shard, isComplete, acknowledged, stored, records, lastSeq }) => ({
      shard,
      complete: isComplete,
      acknowledged,
      stored,
      records,
      lastSeq,
    })),
  };
}

const rangeOf = (row: LedgerRow): LedgerRange => ({
  firstSeq: row.first_seq,
  lastSeq: row.last_seq,
  isDiscarded: row.applied_ms === 0,
});
