import type { StoredBatch } from "../ingest/ingest-batch.ts";
import { meter } from "./meter.ts";

/** Counts what became of a batch's lines, by reason, and how long it took until they were durable. */
export function countBatch({ accepted, dropped, refused, isRepeated }: StoredBatch, tookMs: number): void {
  meter.observe("weir_ingest_ack_duration_seconds", tookMs / 1_000);
  if (isRepeated) {
    meter.count("weir_ingest_repeated_batches_total");
    return;
  }
  meter.count("weir_ingest_accepted_lines_total", {}, accepted);
  for (const [reason, lines] of Object.entries(dropped))
    meter.count("weir_ingest_dropped_lines_total", { reason }, lines);
  for (const { reason } of refused) meter.count("weir_ingest_refused_lines_total", { reason });
}
