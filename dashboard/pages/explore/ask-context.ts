import type { RecordJson } from "../../../core/record-json.ts";
import type { LogsAnswer } from "../../api/answers.ts";
import { ask } from "../../api/client.ts";

/** Records of one millisecond come in any number; this many more are asked for, so that the one itself is among them. */
const SPARE = 100;

/** The `around` records of the same service before a record, itself, and as many after it; the oldest first. */
export async function askContext(record: RecordJson, around: number, signal: AbortSignal): Promise<RecordJson[]> {
  const ms = Date.parse(record.time);
  const { service } = record;
  const limit = around + SPARE;
  const [before, after] = await Promise.all([
    ask<LogsAnswer>("/api/logs", { query: { service, from: "0", to: ms + 1, order: "newest", limit }, signal }),
    ask<LogsAnswer>("/api/logs", { query: { service, from: ms, order: "oldest", limit }, signal }),
  ]);
  return contextOf(record, [...before.records, ...after.records], around);
}

/** Out of records in any order and number, those next to one by time, shard and seq. */
export function contextOf(record: RecordJson, found: readonly RecordJson[], around: number): RecordJson[] {
  const byKey = new Map([record, ...found].map((one) => [`${one.shard}/${one.seq}`, one]));
  const all = [...byKey.values()].sort(
    (a, b) => Date.parse(a.time) - Date.parse(b.time) || a.shard - b.shard || a.seq - b.seq,
  );
  const at = all.findIndex(({ shard, seq }) => shard === record.shard && seq === record.seq);
  return all.slice(Math.max(0, at - around), at + around + 1);
}
