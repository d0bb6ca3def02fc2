import type { RecordJson } from "../../../core/record-json.ts";
import { address, hrefWith, navigate } from "../../address/address.ts";
import { bytes, duration } from "../../format/number.ts";

/*
 * A column is named as a record names its field, attributes by their path: `attrs.order.id`. `line` is the record in one
 * line, as lists elsewhere show it. The time is always there, first.
 */

const USUAL = ["level", "line"] as const;
const USUAL_OF_ALL = ["level", "service", "line"] as const;

/** The columns of the address, or those that suit what the page is about. */
export function columnsOf(service: string | undefined): readonly string[] {
  const text = address.value.query.get("columns");
  if (text) return [...new Set(text.split(",").filter(Boolean))];
  return service === undefined ? USUAL_OF_ALL : USUAL;
}

/** Puts a column at the end, before the line that fills what room is left; or takes it out. */
export function toggleColumn(columns: readonly string[], name: string): void {
  const without = columns.filter((column) => column !== name);
  const next = columns.includes(name)
    ? without
    : [...without.filter((column) => column !== "line"), name, ...without.filter((column) => column === "line")];
  navigate(hrefWith({ columns: next.join(",") || undefined }));
}

/** The text of a record in a column; empty where it has none. */
export function cellOf(record: RecordJson, column: string): string {
  if (column === "durationMs") return record.durationMs === undefined ? "" : duration(record.durationMs);
  if (column === "bytes") return record.bytes === undefined ? "" : bytes(record.bytes);
  const value = column.startsWith("attrs.")
    ? attributeAt(record.attrs, column.slice("attrs.".length))
    : (record as unknown as Record<string, unknown>)[column];
  return value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}

/** Attributes may themselves hold dots in their names: the longest name that fits is taken first. */
function attributeAt(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const object = value as Record<string, unknown>;
  if (Object.hasOwn(object, path)) return object[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const head = path.slice(0, dot);
    if (Object.hasOwn(object, head)) return attributeAt(object[head], path.slice(dot + 1));
  }
  return undefined;
}

/** Numbers stand to the right: one sees which is longer. */
const NUMBERS = new Set(["status", "durationMs", "bytes"]);

export const sideOf = (column: string): string => (NUMBERS.has(column) ? "n" : "");

/** Width in characters: enough for most values, so that columns do not jump from page to page. */
const WIDTHS: Record<string, number> = {
  level: 6,
  service: 14,
  status: 6,
  method: 7,
  durationMs: 9,
  bytes: 9,
  country: 8,
  ip: 16,
  path: 36,
  pathTemplate: 34,
  message: 48,
  userAgent: 40,
  referrer: 30,
  raw: 80,
};

/** Of a CSS grid: the time, each column, and `line` with all that is left. */
export function gridOf(columns: readonly string[], isDated: boolean): string {
  const parts = columns.map((name) => (name === "line" ? "minmax(32ch, 1fr)" : `${WIDTHS[name] ?? 18}ch`));
  if (!columns.includes("line")) parts.push("minmax(0, 1fr)");
  return [`${isDated ? 21 : 12}ch`, ...parts].join(" ");
}
