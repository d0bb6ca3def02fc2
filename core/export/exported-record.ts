import { bounded, MAX_ATTRS } from "../fields/bounded.ts";
import { DERIVED_TEXTS, OWN_NUMBERS, OWN_TEXTS } from "../fields/own-fields.ts";
import { rawOf } from "../parse/raw-of.ts";
import { FLAGS, type Flag, LEVELS, type Level, LogRecord } from "../record.ts";

/** Of the form of an exported line; its first key says it. */
export const EXPORT_VERSION = 1;

const LINE_START = `{"weir":${EXPORT_VERSION},`;

/** Whether a line is of an export as NDJSON, as far as its beginning says. */
export const isExportedLine = (line: string): boolean => line.startsWith(LINE_START);

/** As long as a line may be. */
const MAX_TEXT = 65_536;

const TEXTS = [...OWN_TEXTS, ...DERIVED_TEXTS] as const;

/**
 * The record that an exported line was made of; undefined for fields that are no such line. Its service is the one that it is sent
 * to, and its number a new one.
 */
export function exportedRecord(fields: Record<string, unknown>): LogRecord | undefined {
  if (fields.weir !== EXPORT_VERSION || typeof fields.time !== "string" || typeof fields.parser !== "string")
    return undefined;
  const time = timeOf(fields.time);
  if (!time || !/^[a-z0-9_]{1,32}$/.test(fields.parser)) return undefined;
  const record = new LogRecord();
  record.tsMs = time.tsMs;
  record.subNs = time.subNs;
  record.parser = fields.parser;
  if ((LEVELS as readonly unknown[]).includes(fields.level)) record.level = fields.level as Level;
  for (const name of TEXTS) {
    const text = fields[name];
    if (typeof text === "string") record[name] = text.slice(0, MAX_TEXT);
  }
  for (const name of OWN_NUMBERS) {
    const number = fields[name];
    if (typeof number === "number" && Number.isFinite(number)) record[name] = number;
  }
  if (isObject(fields.attrs))
    record.attrs = bounded(fields.attrs, { attrs: MAX_ATTRS, cut: false }, 1) as typeof fields.attrs;
  if (Array.isArray(fields.flags)) {
    const flags = FLAGS.filter((flag) => (fields.flags as unknown[]).includes(flag)) satisfies Flag[];
    if (flags.length > 0) record.flags = flags;
  }
  // What the record gives back by itself is not kept twice.
  if (typeof fields.raw === "string" && rawOf(record) !== fields.raw) record.raw = fields.raw.slice(0, MAX_TEXT);
  return record;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})(\d{3}|\d{6})?Z$/;

/** ISO 8601 as `isoText` writes it; years of six digits too. */
function timeOf(text: string): { tsMs: number; subNs: number | undefined } | undefined {
  const short = TIME.exec(text);
  const tsMs = Date.parse(short ? `${short[1]}Z` : text);
  if (Number.isNaN(tsMs)) return undefined;
  return { tsMs, subNs: Number((short?.[2] ?? "").padEnd(6, "0")) || undefined };
}
