import { LEVELS } from "../record.ts";
import type { ColumnBuilder } from "../segment/column-builder.ts";
import { CodeCounts } from "./code-counts.ts";
import { COUNTED, type Counted } from "./dimensions.ts";
import { limitsOf, STEPS_MS, type StepMs } from "./steps.ts";
import { addStatus, emptySummary, type Summary, UNKNOWN_LEVEL } from "./summary.ts";
import { cutParts, MAX_PARTS, type SummaryPart } from "./summary-part.ts";

/** HTTP statuses end before this one. */
const STATUSES = 600;
/** Templates are counted in two lists, of which so many times the values are kept that they are merged from. */
const SPARE = 4;

export interface Counting {
  /** How many parameters of the database the parts may take, see `paramsOf`; one unless given. */
  params?: number;
  maxParts?: number;
  /** Which values were the most frequent, too, as top lists show them: most of the time. Yes unless given. */
  withValues?: boolean;
}

/**
 * Statistics of rows that stand in columns, by UTC minute of their time, or by hour or day when they span too many; each part is
 * within its limits. What is counted are the numbers of texts: a text is only read where it is kept.
 */
export function columnStatistics(
  columns: ColumnBuilder,
  { params = 1, maxParts = MAX_PARTS * params, withValues = true }: Counting = {},
): SummaryPart[] {
  const stepMs = stepFor(columns, maxParts);
  const times = columns.number("time");
  const rowsOf = new Map<number, number[]>();
  let startMs = Number.NaN;
  let rows: number[] = [];
  for (let row = 0; row < columns.length; row++) {
    const tsMs = times.at(row);
    // False for the first row too: NaN compares as false.
    if (!(tsMs >= startMs && tsMs < startMs + stepMs)) {
      startMs = Math.floor(tsMs / stepMs) * stepMs;
      rows = rowsOf.get(startMs) ?? [];
      rowsOf.set(startMs, rows);
    }
    rows.push(row);
  }
  const counts = new CodeCounts();
  return cutParts(
    Array.from(rowsOf, ([start, own]) => ({
      stepMs,
      startMs: start,
      summary: summaryOf(columns, own, { stepMs, withValues }, counts),
    })),
    params,
  );
}

function stepFor(columns: ColumnBuilder, maxParts: number): StepMs {
  return STEPS_MS.find((stepMs) => startsUpTo(columns, stepMs, maxParts + 1) <= maxParts) ?? STEPS_MS[2];
}

/** How many steps the rows fall into; stops counting at `enough`. */
function startsUpTo(columns: ColumnBuilder, stepMs: number, enough: number): number {
  const times = columns.number("time");
  const starts = new Set<number>();
  let startMs = Number.NaN;
  for (let row = 0; row < columns.length; row++) {
    const tsMs = times.at(row);
    if (tsMs >= startMs && tsMs < startMs + stepMs) continue;
    startMs = Math.floor(tsMs / stepMs) * stepMs;
    if (starts.add(startMs).size >= enough) break;
  }
  return starts.size;
}

function summaryOf(
  columns: ColumnBuilder,
  rows: readonly number[],
  { stepMs, withValues }: { stepMs: StepMs; withValues: boolean },
  counts: CodeCounts,
): Summary {
  const summary = emptySummary();
  summary.count = rows.length;
  addNumbers(summary, columns, rows);
  addLevels(summary, columns, rows, counts);
  const { capacity } = limitsOf(stepMs);
  for (const [index, name] of COUNTED.entries()) {
    if (name === "pathTemplate" || !(withValues || name === "ip")) continue;
    counts.count(columns.text(name), rows);
    if (name === "ip") counts.addTo(summary.ips);
    if (withValues && !counts.isEmpty()) summary.values[index] = counts.hitters(capacity(name));
  }
  if (withValues) addTemplates(summary, columns, rows, counts, capacity("pathTemplate") * SPARE);
  addUsers(summary, columns, rows, counts);
  return summary;
}

function addNumbers(summary: Summary, columns: ColumnBuilder, rows: readonly number[]): void {
  const [status, bytes, duration] = [columns.number("status"), columns.number("bytes"), columns.number("duration_ms")];
  const statuses = new Uint32Array(STATUSES);
  for (const row of rows) {
    const code = status.at(row);
    if (code >= 100 && code < STATUSES && Number.isInteger(code)) statuses[code]!++;
    else if (!Number.isNaN(code)) addStatus(summary, code);
    const size = bytes.at(row);
    if (size > 0) summary.bytes += size;
    // Leaves out what is no number.
    summary.durations.add(duration.at(row));
  }
  for (let code = 0; code < STATUSES; code++) if (statuses[code]! > 0) addStatus(summary, code, statuses[code]);
}

function addLevels(summary: Summary, columns: ColumnBuilder, rows: readonly number[], counts: CodeCounts): void {
  counts.count(columns.text("level"), rows);
  let known = 0;
  for (const [level, count] of counts.all()) {
    summary.levels[(LEVELS as readonly string[]).indexOf(level)]! += count;
    known += count;
  }
  summary.levels[UNKNOWN_LEVEL]! += rows.length - known;
}

/** A template is only told where it is not the path. */
function addTemplates(
  summary: Summary,
  columns: ColumnBuilder,
  rows: readonly number[],
  counts: CodeCounts,
  most: number,
): void {
  const templates = columns.text("path_template");
  counts.count(columns.text("path"), rows, templates);
  const ofPaths = counts.hitters(most);
  counts.count(templates, rows);
  const all = counts.hitters(most);
  all.mergeIn(ofPaths);
  if (all.total > 0) summary.values[COUNTED.indexOf("pathTemplate" satisfies Counted)] = all;
}

/** By their ids, else by their names. */
function addUsers(summary: Summary, columns: ColumnBuilder, rows: readonly number[], counts: CodeCounts): void {
  const ids = columns.text("user_id");
  counts.count(ids, rows);
  counts.addTo(summary.users);
  counts.count(columns.text("user"), rows, ids);
  counts.addTo(summary.users);
}
