import { type Marked, markOf } from "./marked-lines.ts";

/** What the senders know. */
export interface Sent {
  /** Marks of lines that the server acknowledged: each must be stored once. */
  acknowledged: ReadonlySet<number>;
  /** Marks of lines that were given up without an answer: each may be stored, once. */
  abandoned: ReadonlySet<number>;
}

export interface StoredRecord extends Marked {
  shard: number;
  seq: number;
  status?: number;
}

/** Everything that is wrong with what was stored, in words; empty when nothing is. */
export function judge(sent: Sent, records: readonly StoredRecord[]): string[] {
  const wrong: string[] = [];
  const seen = new Set<number>();
  const tell = (what: string, marks: readonly number[]) => {
    if (marks.length > 0) wrong.push(`${marks.length} ${what} (${marks.slice(0, 5).join(", ")})`);
  };

  const doubled: number[] = [];
  const unknown: number[] = [];
  for (const record of records) {
    const mark = markOf(record) ?? -1;
    if (seen.has(mark)) doubled.push(mark);
    else if (!sent.acknowledged.has(mark) && !sent.abandoned.has(mark)) unknown.push(mark);
    seen.add(mark);
  }
  tell("lines stored twice", doubled);
  tell("stored lines were never sent", unknown);
  tell(
    "acknowledged lines lost",
    [...sent.acknowledged].filter((mark) => !seen.has(mark)),
  );

  for (const [shard, seqs] of seqsByShard(records)) {
    seqs.sort((a, b) => a - b);
    tell(
      `seqs of shard ${shard} out of order`,
      seqs.filter((seq, i) => seq !== i + 1),
    );
  }
  return wrong;
}

function seqsByShard(records: readonly StoredRecord[]): Map<number, number[]> {
  const shards = new Map<number, number[]>();
  for (const { shard, seq } of records) {
    const seqs = shards.get(shard);
    if (seqs) seqs.push(seq);
    else shards.set(shard, [seq]);
  }
  return shards;
}
