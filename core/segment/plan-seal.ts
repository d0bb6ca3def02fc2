const HOUR_MS = 3_600_000;
/** One row group: what is decoded at once wherever it is read. */
export const MAX_SEALED_RECORDS = 50_000;
/**
 * A message that is missing between two others may still come: it waits in its stream until a person decides. What comes later
 * than this is spilled (worker/queue/tier-of.ts), so that what is behind the seal stays as it is.
 */
const GAP_MS = 25 * HOUR_MS;

/** A message as the ledger has it. */
export interface AppliedMessage {
  firstSeq: number;
  lastSeq: number;
  receivedMs: number;
  /** Bounds of its records' times; null where they were not kept. */
  minMs: number | null;
  maxMs: number | null;
  spilled: number;
}

/** Hot rows of one shard that become one segment, or are none. */
export interface Seal {
  firstSeq: number;
  lastSeq: number;
  /** First and last seq of its messages, those that follow one another as one. Between them are spilled ones: rows of these are not its own. */
  runs: [firstSeq: number, lastSeq: number][];
  /** How many hot rows there may be. */
  records: number;
  minMs: number;
  maxMs: number;
  receivedFromMs: number;
  receivedToMs: number;
}

/** Any time that a Date can have. */
const [FIRST_MS, LAST_MS] = [-8.64e15, 8.64e15];

/**
 * What to seal next of a shard: the messages of closed hours (by the time at which they were received), an hour and at most
 * MAX_SEALED_RECORDS together; a single larger message is sealed alone. `doneSeq`: everything up to it is sealed or spilled then.
 *
 * @param applied messages after the seal so far, in order
 * @param closedMs hot rows received before this time may be sealed; usually the start of the hour
 */
export function planSeals(
  applied: readonly AppliedMessage[],
  sealedSeq: number,
  closedMs: number,
  nowMs: number,
): { seals: Seal[]; doneSeq: number } {
  const seals: Seal[] = [];
  let doneSeq = sealedSeq;
  for (const message of applied) {
    if (message.receivedMs >= closedMs) break;
    if (message.firstSeq > doneSeq + 1 && message.receivedMs > nowMs - GAP_MS) break;
    doneSeq = message.lastSeq;
    if (message.spilled === 0) add(seals, message);
  }
  return { seals, doneSeq };
}

function add(seals: Seal[], { firstSeq, lastSeq, receivedMs, minMs, maxMs }: AppliedMessage): void {
  const records = lastSeq - firstSeq + 1;
  const last = seals.at(-1);
  const isSameHour = last && Math.floor(last.receivedFromMs / HOUR_MS) === Math.floor(receivedMs / HOUR_MS);
  if (!last || !isSameHour || last.records + records > MAX_SEALED_RECORDS) {
    seals.push({
      firstSeq,
      lastSeq,
      runs: [[firstSeq, lastSeq]],
      records,
      minMs: minMs ?? FIRST_MS,
      maxMs: maxMs ?? LAST_MS,
      receivedFromMs: receivedMs,
      receivedToMs: receivedMs,
    });
    return;
  }
  const run = last.runs.at(-1)!;
  if (run[1] + 1 === firstSeq) run[1] = lastSeq;
  else last.runs.push([firstSeq, lastSeq]);
  last.lastSeq = lastSeq;
  last.records += records;
  last.minMs = Math.min(last.minMs, minMs ?? FIRST_MS);
  last.maxMs = Math.max(last.maxMs, maxMs ?? LAST_MS);
  last.receivedToMs = receivedMs;
}
