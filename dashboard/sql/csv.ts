export type Cell = string | number | null;

/** A text that a spreadsheet would run as a formula is told apart by a leading apostrophe. Source: OWASP, CSV injection. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, lines ended by CR LF; NULL is empty. */
export function csvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(fieldOf).join(",")}\r\n`).join("");
}

function fieldOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
