import type { PackCells } from "../../core/delivery/pack-text.ts";
import { RowStatistics } from "../../core/summary/row-statistics.ts";
import { summaryRowsOf } from "../../core/summary/summary-rows.ts";
import type { UnpackedMessage } from "./unpacked-message.ts";

/** Times of records, epoch milliseconds; `maxMs` included. */
interface Span {
  minMs: number;
  maxMs: number;
}

/** What is counted of messages of one service that are stored together, while their rows are read. */
export class StoredStatistics {
  readonly #rows = new RowStatistics();
  #text: string | undefined;
  readonly #spans = new Map<UnpackedMessage, Span>();

  /** One of the message's packs. */
  add(message: UnpackedMessage, { rows, agents }: PackCells): void {
    this.#rows.add(rows, agents);
    const span = this.#spans.get(message) ?? { minMs: Number.POSITIVE_INFINITY, maxMs: Number.NEGATIVE_INFINITY };
    for (const row of rows) {
      const tsMs = row[0] as number;
      if (tsMs < span.minMs) span.minMs = tsMs;
      if (tsMs > span.maxMs) span.maxMs = tsMs;
    }
    this.#spans.set(message, span);
  }

  spanOf(message: UnpackedMessage): Span {
    return this.#spans.get(message)!;
  }

  /** JSON array of SummaryRow, of all that was added; nothing can be added any more. */
  summaryRows(): string {
    this.#text ??= JSON.stringify(summaryRowsOf(this.#rows.finish()));
    return this.#text;
  }
}
