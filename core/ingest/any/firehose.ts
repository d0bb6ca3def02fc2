import { bytesOfBase64 } from "../base64.ts";
import { MAX_ENTRIES } from "../limits.ts";
import { jsonReply } from "../reply.ts";
import { splitJson } from "../split-json.ts";
import { textOf } from "../text-of.ts";
import type { Sniffed } from "./sniff.ts";

interface FirehoseBody {
  requestId: string;
  timestamp: number;
  records: { data: string }[];
}

/** Source: "HTTP endpoint delivery request and response specifications" of Amazon Data Firehose. */
export function isFirehose(object: Record<string, unknown>): boolean {
  const { requestId, timestamp, records } = object as Partial<FirehoseBody>;
  return typeof requestId === "string" && typeof timestamp === "number" && Array.isArray(records);
}

/** The lines and objects in the records of a delivery; it takes an answer for its own only with its id in it. */
export function firehose(object: Record<string, unknown>): Sniffed {
  const { requestId, timestamp, records } = object as unknown as FirehoseBody;
  const entries: string[] = [];
  for (const record of records) {
    const bytes = typeof record?.data === "string" ? bytesOfBase64(record.data) : undefined;
    if (bytes === undefined) continue;
    for (const value of splitJson(textOf(bytes), MAX_ENTRIES)) entries.push(value);
  }
  return {
    entries,
    recognised: "firehose",
    answer: () => jsonReply(200, { requestId, timestamp }),
  };
}
