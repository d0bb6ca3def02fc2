import type { SqlAnswer } from "../api/answers.ts";

/** How an answer can be drawn. */
export type RowsChart =
  | { kind: "time"; timesMs: number[]; stepMs: number; lines: { name: string; values: (number | null)[] }[] }
  | { kind: "bars"; bars: { name: string; value: number }[]; valueName: string };

const MAX_LINES = 8;
const MAX_BARS = 30;
/** More points than pixels draw nothing more. */
const MAX_TIMES = 5_000;
/** Epoch milliseconds of 1990 to 2100: a number in a column that is called a time. */
const PLAUSIBLE_MS = [631_152_000_000, 4_102_444_800_000] as const;

/** The chart that suits an answer: lines over a column of time, else bars by its first column; undefined where none does. */
export function chartOfRows({ columns, rows }: SqlAnswer): RowsChart | undefined {
  if (rows.length === 0) return undefined;
  const isNumber = (at: number) => rows.every((row) => row[at] === null || typeof row[at] === "number");
  const timeAt = columns.findIndex(
    ({ name }, at) => /time|_ms$|minute|hour|day/i.test(name) && rows.every((row) => momentOf(row[at]!) !== undefined),
  );
  const numbers = columns.flatMap((_, at) =>
    at !== timeAt && isNumber(at) && rows.some((row) => row[at] !== null) ? [at] : [],
  );
  if (numbers.length === 0) return undefined;
  if (timeAt >= 0) return timeChart({ columns, rows }, timeAt, numbers);
  const valueAt = numbers.at(-1)!;
  const bars = rows.slice(0, MAX_BARS).map((row) => ({
    name: columns.flatMap((_, at) => (at === valueAt ? [] : [row[at] === null ? "NULL" : String(row[at])])).join(" · "),
    value: Number(row[valueAt]),
  }));
  return { kind: "bars", bars, valueName: columns[valueAt]!.name };
}

function timeChart(
  { columns, rows }: Pick<SqlAnswer, "columns" | "rows">,
  timeAt: number,
  numbers: number[],
): RowsChart | undefined {
  const textAt = columns.findIndex((_, at) => at !== timeAt && !numbers.includes(at));
  const timesMs = withoutHoles([...new Set(rows.map((row) => momentOf(row[timeAt]!)!))].sort((a, b) => a - b));
  if (timesMs.length < 2) return undefined;
  const placeOf = new Map(timesMs.map((ms, at) => [ms, at]));
  const lines = new Map<string, (number | null)[]>();
  for (const row of rows) {
    for (const at of numbers) {
      const name =
        textAt < 0 ? columns[at]!.name : `${row[textAt] ?? "NULL"}${numbers.length > 1 ? ` ${columns[at]!.name}` : ""}`;
      if (!lines.has(name)) lines.set(name, new Array<number | null>(timesMs.length).fill(null));
      lines.get(name)![placeOf.get(momentOf(row[timeAt]!)!)!] = row[at] as number | null;
    }
  }
  const stepMs = leastStep(timesMs);
  return {
    kind: "time",
    timesMs,
    stepMs,
    lines: [...lines].slice(0, MAX_LINES).map(([name, values]) => ({ name, values })),
  };
}

const leastStep = (timesMs: readonly number[]): number =>
  Math.min(...timesMs.slice(1).map((ms, at) => ms - timesMs[at]!));

/** Times in whole steps with those between that no row has: a gap is shown as one, not bridged. Others stay as they are. */
function withoutHoles(timesMs: number[]): number[] {
  const stepMs = leastStep(timesMs);
  const first = timesMs[0]!;
  const count = (timesMs.at(-1)! - first) / stepMs + 1;
  if (!(count <= MAX_TIMES) || timesMs.some((ms) => (ms - first) % stepMs !== 0)) return timesMs;
  return Array.from({ length: count }, (_, at) => first + at * stepMs);
}

/** Of epoch milliseconds, or a text that begins as ISO 8601 does. */
function momentOf(cell: string | number | null): number | undefined {
  if (typeof cell === "number") return cell >= PLAUSIBLE_MS[0] && cell < PLAUSIBLE_MS[1] ? cell : undefined;
  if (cell === null || !/^\d{4}-\d\d-\d\d/.test(cell)) return undefined;
  const ms = Date.parse(
    /[Z+]|-\d\d:?\d\d$/.test(cell.slice(10)) || cell.length === 10 ? cell : `${cell.replace(" ", "T")}Z`,
  );
  return Number.isNaN(ms) ? undefined : ms;
}
