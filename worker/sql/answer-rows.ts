/** A row of `boundedSql`: its cells are `c0`, `c1`, … */
export type AnswerRow = Record<string, string | number | null> & { types: string; weir_bytes: number };

export interface SqlColumn {
  name: string;
  type: ColumnType;
}

/** `blob` comes as hexadecimal text; `null` where every cell is; integers beyond 2^53 and infinities come as text. */
export type ColumnType = "integer" | "real" | "text" | "blob" | "null" | "mixed";

const TYPES: Record<string, ColumnType> = { i: "integer", r: "real", t: "text", b: "blob" };

/** The rows within both limits, from the first on. */
export function shownRows(rows: readonly AnswerRow[], maxRows: number, maxBytes: number): AnswerRow[] {
  const end = rows.findIndex((row, at) => at >= maxRows || row.weir_bytes > maxBytes);
  return end < 0 ? [...rows] : rows.slice(0, end);
}

/** The type of all cells of a column that are not NULL; a whole number among reals is a real. */
export function typeOfColumn(rows: readonly AnswerRow[], at: number): ColumnType {
  const letters = new Set(rows.map(({ types }) => types[at]!));
  letters.delete("n");
  if (letters.size === 2 && letters.has("i") && letters.has("r")) return "real";
  if (letters.size > 1) return "mixed";
  return TYPES[[...letters][0] ?? ""] ?? "null";
}
