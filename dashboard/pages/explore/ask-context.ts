import type { RecordJson } from "../../../core/record-json.ts";
import { ask } from "../../api/client.ts";

interface ContextAnswer {
  /** Both oldest first. */
  before: RecordJson[];
  record: RecordJson;
  after: RecordJson[];
}

/** The `around` records of the same service before a record, itself, and as many after it; the oldest first. */
export async function askContext(record: RecordJson, around: number, signal: AbortSignal): Promise<RecordJson[]> {
  const { service, shard, seq, time } = record;
  const query = { service, shard, seq, time, before: around, after: around };
  const answer = await ask<ContextAnswer>("/api/logs/context", { query, signal });
  return [...answer.before, answer.record, ...answer.after];
}

/** The one record of that place and time. */
export async function askRecord(key: string, timeMs: number, signal: AbortSignal): Promise<RecordJson> {
  const [service, shard, seq] = key.split("/");
  const query = { service, shard, seq, time: timeMs };
  return (await ask<{ record: RecordJson }>("/api/logs/record", { query, signal })).record;
}
