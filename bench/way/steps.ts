import { Buffer } from "node:buffer";
import { constants, zstdCompressSync } from "node:zlib";
import { joinPackText, packTextOf } from "../../core/delivery/pack-text.ts";
import { enrich } from "../../core/enrich/pipeline.ts";
import { any } from "../../core/ingest/any.ts";
import { tallyOf } from "../../core/live/live-counters.ts";
import { joinTraces } from "../../core/parse/join-traces.ts";
import { parseEntry } from "../../core/parse/parse-entry.ts";
import type { ParseContext } from "../../core/parse/parser.ts";
import type { Entry, LogRecord } from "../../core/record.ts";
import { DEFAULT_SETTINGS } from "../../core/settings.ts";

/** What a batch is between two steps; each step fills its own. */
export interface Batch {
  body: Uint8Array;
  entries: Entry[];
  records: LogRecord[];
  rows: string;
  sentBytes: number;
}

export const batchOf = (body: Uint8Array): Batch => ({
  body,
  entries: [],
  records: [],
  rows: "",
  sentBytes: 0,
});

export interface WayContext {
  nowMs: number;
  countryOf: (ip: string) => string | undefined;
}

export interface Step {
  name: string;
  run(batch: Batch, context: WayContext): void;
}

const ZSTD = { chunkSize: 128 * 1_024, params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Everything that is done with a request's bytes before they are appended to a stream, in order. */
export const STEPS: readonly Step[] = [
  {
    name: "decode",
    run(batch, { nowMs }) {
      const { body } = batch;
      const none = () => undefined;
      const decoded = any.decode({ method: "POST", path: "/web", query: none, header: none, body, nowMs });
      if (!decoded.ok) throw new Error(decoded.reason);
      batch.entries = decoded.value.batches[0]!.entries;
    },
  },
  {
    name: "parse",
    run(batch, { nowMs }) {
      const context: ParseContext = { nowMs, zone: "UTC", durationUnit: "ms" };
      batch.records = [];
      const isLines = batch.entries.every((entry) => typeof entry === "string");
      for (const entry of isLines ? joinTraces(batch.entries as string[]) : batch.entries) {
        const parsed = parseEntry(entry, context);
        if (parsed.ok) batch.records.push(parsed.value);
      }
    },
  },
  {
    name: "enrich",
    run({ records }, { nowMs, countryOf }) {
      const context = { nowMs, settings: DEFAULT_SETTINGS, countryOf };
      for (const record of records) enrich(record, context);
    },
  },
  {
    name: "rows",
    run(batch) {
      batch.rows = joinPackText(packTextOf(batch.records));
    },
  },
  {
    name: "tally",
    run(batch) {
      tallyOf(batch.records);
    },
  },
  {
    name: "compress",
    run(batch) {
      batch.sentBytes = zstdCompressSync(Buffer.from(batch.rows, "utf8"), ZSTD).length;
    },
  },
];
