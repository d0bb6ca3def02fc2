import type { ExportColumn } from "../../core/export/columns.ts";
import { logError } from "../../durable-objects/log.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import type { FoundRecords } from "../query/find-records.ts";
import { type PagesQuestion, pagesByService } from "../query/record-pages.ts";
import { FORMATS, type FormatName } from "./formats.ts";

/** Records at once in memory, beside a row group of Parquet: about 5 MB. */
const PAGE = 5_000;

interface Export {
  question: PagesQuestion;
  format: FormatName;
  /** Undefined: all. */
  columns: readonly ExportColumn[] | undefined;
  /** Told how many rows each page took. */
  onRead: (rows: number) => void;
}

/**
 * A question's records as a file, page by page as fast as they are taken. What cannot be asked at all is thrown before.
 *
 * Where a later page cannot be told in full the stream breaks off with an error, so that nobody takes a part for the whole.
 */
export async function exportStream(
  env: Env,
  { question, format, columns, onRead }: Export,
  nowMs: number,
): Promise<ReadableStream<Uint8Array>> {
  const pages = pagesByService(env, { ...question, pageSize: PAGE }, nowMs);
  const encoding = FORMATS[format].encoding(columns);
  let next: IteratorResult<FoundRecords, void> | undefined = await pages.next();
  if (isPartial(next))
    throw new ApiError("overloaded", "more records are on their way than one answer reads: try again shortly", {
      retryAfterSeconds: 5,
    });
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        // A row group that is not full yet gives no bytes, and a pull that gives none is not repeated.
        for (let isGiven = false; !isGiven; ) {
          const page: IteratorResult<FoundRecords, void> = next ?? (await pages.next());
          next = undefined;
          if (isPartial(page)) throw new Error("a page could not be told in full");
          if (!page.done) onRead(page.value.scanned);
          isGiven = enqueue(controller, page.done ? encoding.end() : encoding.page(page.value.records));
          if (!page.done) continue;
          controller.close();
          return;
        }
      } catch (error) {
        logError("export_broke_off", { error: String(error) });
        controller.error(error);
      }
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
}

const isPartial = (page: IteratorResult<FoundRecords, void>): boolean => !page.done && page.value.partial === true;

function enqueue(controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  controller.enqueue(bytes);
  return true;
}
