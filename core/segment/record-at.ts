import { LEVELS, type Level, type LogRecord } from "../record.ts";
import { type Agent, type Cell, ROW_COLUMNS, recordOfRow } from "../row.ts";
import { COLUMNS, type ColumnName, type NumberColumnName, type TextColumnName } from "./columns.ts";
import type { GroupReader } from "./group-reader.ts";

export const ALL_COLUMNS: readonly ColumnName[] = COLUMNS.map(({ name }) => name);
const IS_TEXT = new Map<string, boolean>(COLUMNS.map(({ name, type }) => [name, type === "text"]));

/** What is not a cell of a row but stands in its `rest`. */
const REST = [
  ["pid", "pid"],
  ["spanId", "span_id"],
  ["userId", "user_id"],
  ["sessionId", "session_id"],
  ["city", "city"],
  ["browser", "browser"],
  ["os", "os"],
  ["device", "device"],
  ["bot", "bot"],
  ["parser", "parser"],
] as const;

/**
 * A row of a group as it was before it was stored.
 *
 * @param only columns that are loaded; the record has what they hold, but for a message that is a request line. All by default
 */
export function recordAt(group: GroupReader, at: number, only?: ReadonlySet<ColumnName>): LogRecord {
  const record = recordOfRow(cellsAt(group, at, only), agentAt(group, at, only));
  for (const [field, column] of REST) {
    if (only && !only.has(column)) continue;
    const text = textAt(group, column, at);
    if (text !== undefined) (record as unknown as Record<string, unknown>)[field] = text;
  }
  return record;
}

/** The same as cells of a hot row, with everything in them but the user agent. */
export function cellsAt(group: GroupReader, at: number, only?: ReadonlySet<ColumnName>): Cell[] {
  return ROW_COLUMNS.map((name): Cell => {
    if (only && name !== "ts_ms" && !only.has(name as ColumnName)) return null;
    switch (name) {
      case "ts_ms":
        return group.number("time")[at]!;
      case "level": {
        const level = textAt(group, "level", at);
        return level === undefined ? null : LEVELS.indexOf(level as Level);
      }
      case "ua_id":
      case "rest":
        return null;
      default:
        return IS_TEXT.get(name)
          ? (textAt(group, name as TextColumnName, at) ?? null)
          : (numberAt(group, name as NumberColumnName, at) ?? null);
    }
  });
}

function agentAt(group: GroupReader, at: number, only?: ReadonlySet<ColumnName>): Agent | undefined {
  if (only && !only.has("user_agent")) return undefined;
  const text = textAt(group, "user_agent", at);
  if (text === undefined) return undefined;
  const of = (name: TextColumnName): string | null =>
    only && !only.has(name) ? null : (textAt(group, name, at) ?? null);
  return { id: 0, text, browser: of("browser"), os: of("os"), device: of("device"), bot: of("bot") };
}

export function textAt(group: GroupReader, name: TextColumnName, at: number): string | undefined {
  if (group.isEmpty(name)) return undefined;
  const { texts, codes } = group.text(name);
  const code = codes[at]!;
  return code === texts.count ? undefined : texts.at(code);
}

export function numberAt(group: GroupReader, name: NumberColumnName, at: number): number | undefined {
  const value = group.number(name)[at]!;
  return Number.isNaN(value) ? undefined : value;
}
