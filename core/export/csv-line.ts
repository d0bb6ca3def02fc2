import type { RecordJson } from "../record-json.ts";
import type { ExportColumn } from "./columns.ts";
import { withoutControls } from "./safe-text.ts";

/** What makes a spreadsheet take a cell for a formula. Source: owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * A cell of RFC 4180. A text that a spreadsheet would run gets an apostrophe before it; a negative number is none. So a cell that
 * begins with an apostrophe and one of `=+-@` was without it.
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = withoutControls(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvHeader = (columns: readonly ExportColumn[]): string => lineOf(columns.map(({ name }) => csvCell(name)));

export const csvLine = (record: RecordJson, columns: readonly ExportColumn[]): string =>
  lineOf(columns.map(({ of }) => csvCell(of(record))));

const lineOf = (cells: readonly string[]): string => `${cells.join(",")}\r\n`;
