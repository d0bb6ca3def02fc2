import { addCounts } from "../../core/add-counts.ts";
import type { Decoded } from "../../core/ingest/protocol.ts";
import { type RecordJson, recordJson } from "../../core/record-json.ts";
import type { ServiceSettings } from "../../core/settings.ts";
import type { Env } from "../env.ts";
import { parseBatch } from "./ingest-batch.ts";
import type { Refusal } from "./records-of-entries.ts";

/** What would have been stored, and what not and why. */
export interface DryRun {
  records: RecordJson[];
  /** The one format of all lines, else what the body came in. */
  recognised: string | undefined;
  dropped: Record<string, number>;
  refused: Refusal[];
  hint?: string;
}

/** Goes the whole way of a batch but for its stream: under its services' settings, or those that are given. */
export async function dryRun(
  env: Env,
  { batches, recognised, hint }: Pick<Decoded, "batches" | "recognised" | "hint">,
  receivedMs: number,
  settings?: ServiceSettings,
): Promise<DryRun> {
  const parsed = await Promise.all(
    batches.map(async (batch) => ({
      service: batch.service,
      ...(await parseBatch(env, { ...batch, receivedMs }, settings)),
    })),
  );
  const records = parsed.flatMap(({ service, records: found }) =>
    found.map((record, at) => recordJson({ service, shard: 0, seq: at + 1, record }, "memory")),
  );
  const dropped: Record<string, number> = {};
  const refused: Refusal[] = [];
  let offset = 0;
  for (const [at, each] of parsed.entries()) {
    addCounts(dropped, each.dropped);
    for (const { index, reason } of each.refused) refused.push({ index: index + offset, reason });
    offset += batches[at]!.entries.length;
  }
  const parsers = new Set(records.map(({ parser }) => parser));
  return {
    records,
    recognised: parsers.size === 1 ? [...parsers][0] : recognised,
    dropped,
    refused,
    ...(hint ? { hint } : {}),
  };
}
