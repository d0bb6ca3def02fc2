import { putFlag } from "../parse/put-time.ts";
import { LEVELS, type LogRecord } from "../record.ts";
import { textHash } from "../summary/text-hash.ts";
import type { DropReason, EnrichContext } from "./context.ts";

/**
 * Keeps a share of the records, and badges them so that counts can be scaled.
 *
 * Which ones is decided by the record alone: a batch that is sent twice keeps the same ones, and the records of one trace stay together.
 */
export function dropBySampling(record: LogRecord, { settings }: EnrichContext): DropReason | undefined {
  const { sample } = settings;
  if (sample === undefined || sample.keep >= 1) return undefined;
  if (record.level !== undefined && LEVELS.indexOf(record.level) >= LEVELS.indexOf(sample.alwaysFrom)) return undefined;
  if (shareOf(record) >= sample.keep) return "sampled_out";
  putFlag(record, "sampled");
  return undefined;
}

/** A number from 0 to 1, evenly spread over records, the same for the same record. */
function shareOf(record: LogRecord): number {
  const key =
    record.traceId ?? `${record.tsMs} ${record.subNs} ${record.ip} ${record.path} ${record.raw ?? record.message}`;
  return textHash(key) / 2 ** 32;
}
