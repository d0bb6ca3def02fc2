import { ALL_COLUMNS, ALL_PARQUET_COLUMNS, type ExportColumn } from "../../core/export/columns.ts";
import { csvHeader, csvLine } from "../../core/export/csv-line.ts";
import { chosenLine, ndjsonLine } from "../../core/export/ndjson-line.ts";
import { ParquetExport } from "../../core/export/parquet-export.ts";
import type { RecordJson } from "../../core/record-json.ts";
import { FAST_LEVEL, zstdCodec } from "../archive/zstd-codec.ts";

/** Turns pages of records into bytes. */
interface Encoding {
  page: (records: readonly RecordJson[]) => Uint8Array;
  end: () => Uint8Array;
}

interface ExportFormat {
  contentType: string;
  extension: string;
  /** @param columns as asked for; without, all of them */
  encoding: (columns: readonly ExportColumn[] | undefined) => Encoding;
}

const encoder = new TextEncoder();
const NOTHING = new Uint8Array();

const csv: ExportFormat = {
  contentType: "text/csv; charset=utf-8; header=present",
  extension: "csv",
  encoding(asked) {
    const columns = asked ?? ALL_COLUMNS;
    let header = csvHeader(columns);
    const taken = (): string => {
      const text = header;
      header = "";
      return text;
    };
    return {
      page: (records) => encoder.encode(taken() + records.map((record) => csvLine(record, columns)).join("")),
      end: () => encoder.encode(taken()),
    };
  },
};

const ndjson: ExportFormat = {
  contentType: "application/x-ndjson; charset=utf-8",
  extension: "ndjson",
  encoding: (asked) => ({
    page: (records) =>
      encoder.encode(records.map((record) => (asked ? chosenLine(record, asked) : ndjsonLine(record))).join("")),
    end: () => NOTHING,
  }),
};

const parquet: ExportFormat = {
  contentType: "application/vnd.apache.parquet",
  extension: "parquet",
  encoding(asked) {
    const file = new ParquetExport(asked ?? ALL_PARQUET_COLUMNS, zstdCodec(FAST_LEVEL));
    return { page: (records) => file.add(records), end: () => file.end() };
  },
};

export const FORMATS = { csv, ndjson, parquet } as const;
export type FormatName = keyof typeof FORMATS;
