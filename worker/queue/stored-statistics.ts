import { ColumnBuilder, type PackedRows, type Rows } from "../../core/segment/column-builder.ts";
import { columnStatistics } from "../../core/summary/column-statistics.ts";
import { paramsOf } from "../../core/summary/summary-part.ts";
import { summaryRowsOf } from "../../core/summary/summary-rows.ts";
import type { UnpackedMessage } from "./unpacked-message.ts";

/** Times of records, epoch milliseconds; `maxMs` included. */
interface Span {
  minMs: number;
  maxMs: number;
}

/** The records of messages of one service that are stored together, and what is counted of them. */
export class StoredStatistics {
  /** All that was added; empty once it is counted. */
  columns = new ColumnBuilder();
  readonly #spans = new Map<UnpackedMessage, Span>();
  #params: string[] | undefined;

  /** One of the message's packs. */
  add(message: UnpackedMessage, rows: Rows | PackedRows): void {
    const first = this.columns.length;
    this.columns.add(rows);
    const times = this.columns.number("time");
    const span = this.#spans.get(message) ?? { minMs: Number.POSITIVE_INFINITY, maxMs: Number.NEGATIVE_INFINITY };
    for (let row = first; row < this.columns.length; row++) {
      const tsMs = times.at(row);
      if (tsMs < span.minMs) span.minMs = tsMs;
      if (tsMs > span.maxMs) span.maxMs = tsMs;
    }
    this.#spans.set(message, span);
  }

  spanOf(message: UnpackedMessage): Span {
    return this.#spans.get(message)!;
  }

  /** JSON arrays of SummaryRow, each one parameter of the database; nothing can be added any more. */
  summaryRows(): readonly string[] {
    if (this.#params === undefined) {
      // As many as the messages would have had each for itself: an old log that comes fast keeps its minutes.
      const params = this.#spans.size;
      const rows = summaryRowsOf(columnStatistics(this.columns, { params }));
      this.#params = paramsOf(rows, params).map((some) => JSON.stringify(some));
      this.columns = new ColumnBuilder();
    }
    return this.#params;
  }
}
