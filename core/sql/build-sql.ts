import type { Filter } from "../query/filter.ts";
import { ok, type Result, refuse } from "../result.ts";
import { FILTERED_ALIAS, filterSql } from "./filter-sql.ts";
import type { View } from "./view.ts";
import { VIEWS } from "./views/registry.ts";

export const MEASURES = ["count", "sum", "avg", "min", "max", "distinct", "p50", "p90", "p95", "p99"] as const;

/** What one column of an answer counts. */
export interface Measure {
  /** `p50` to `p99` sort all values of a group in memory: a group of more than some 100,000 is refused by the database. */
  of: (typeof MEASURES)[number];
  /** Not for `count`. */
  column?: string | undefined;
  as?: string | undefined;
}

/** What a person puts together without writing SQL. */
export interface QueryForm {
  from: string;
  /** Columns to tell where nothing is counted; all without. */
  columns?: readonly string[] | undefined;
  where?: Filter | undefined;
  /** Columns, or spans of time: `hour`, `day`. */
  groupBy?: readonly string[] | undefined;
  measures?: readonly Measure[] | undefined;
  orderBy?: readonly { column: string; descending?: boolean | undefined }[] | undefined;
  limit?: number | undefined;
}

export type FormRefusal = "unknown_table" | "unknown_column" | "name_taken";

/** Spans of time that rows can be grouped by, as the start of the ISO 8601 text. */
const SPANS: Record<string, number> = { year: 4, month: 7, day: 10, hour: 13, minute: 16, second: 19 };
const TIME_COLUMNS = ["time", "ts", "received", "first_time"];
const MAX_NAME = 64;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A form as a statement that `guardSql` lets through: names are the view's or quoted, values are written as literals. */
export function buildSql(form: QueryForm, nowMs: number): Result<string, FormRefusal> {
  const view = VIEWS.find(({ name }) => name === form.from);
  if (!view)
    return refuse(
      "unknown_table",
      `from: '${form.from.slice(0, MAX_NAME)}' is not one of ${VIEWS.map(({ name }) => name).join(", ")}`,
    );
  const builder = new Builder(view);
  const groups = (form.groupBy ?? []).map((name) => builder.group(name));
  const measures = (form.measures ?? []).map((measure) => builder.measure(measure));
  const isGrouped = groups.length > 0 || measures.length > 0;
  const columns = isGrouped ? [...groups, ...measures] : (form.columns ?? []).map((name) => builder.column(name));
  const where = form.where === undefined ? undefined : filterSql(form.where, view, nowMs);
  if (builder.refusal) return builder.refusal;
  if (where && !where.ok) return where;
  const order = (form.orderBy ?? []).map(({ column, descending }) => builder.order(column, isGrouped, descending));
  if (builder.refusal) return builder.refusal;
  return ok(
    [
      `SELECT ${columns.length === 0 ? "*" : columns.join(", ")}`,
      `FROM ${view.name}${where ? ` AS ${FILTERED_ALIAS}` : ""}`,
      ...(where ? [`WHERE ${where.value}`] : []),
      ...(groups.length > 0 ? [`GROUP BY ${groups.map((_group, at) => at + 1).join(", ")}`] : []),
      ...(order.length > 0 ? [`ORDER BY ${order.join(", ")}`] : []),
      ...(form.limit === undefined ? [] : [`LIMIT ${Math.trunc(form.limit)}`]),
    ].join("\n"),
  );
}

function measureSql(of: Exclude<Measure["of"], "count">, column: string): string {
  if (of === "distinct") return `count(DISTINCT ${column})`;
  if (!of.startsWith("p")) return `${of}(${column})`;
  const share = Number(of.slice(1)) / 100;
  return `json_group_array(${column} ORDER BY ${column}) FILTER (WHERE ${column} IS NOT NULL) ->> CAST(${share} * (count(${column}) - 1) AS INTEGER)`;
}

class Builder {
  refusal: { ok: false; reason: FormRefusal; detail: string } | undefined;
  /** Names of the answer's columns so far. */
  readonly #names = new Set<string>();
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
  }

  column(name: string): string {
    this.#take(name);
    return this.#known(name);
  }

  group(name: string): string {
    const time = this.#view.columns.find((column) => TIME_COLUMNS.includes(column.name));
    const chars = Object.hasOwn(SPANS, name) ? SPANS[name] : undefined;
    this.#take(name);
    if (chars === undefined || !time) return this.#known(name);
    return `substr(${time.name}, 1, ${chars}) AS ${quoted(name)}`;
  }

  measure({ of, column, as }: Measure): string {
    const name = as ?? (of === "count" ? "count" : `${of}_${column ?? ""}`);
    this.#take(name);
    if (of === "count") return `count(*) AS ${quoted(name)}`;
    if (column === undefined) {
      this.#refuse("unknown_column", `measures: ${of} of which column?`);
      return "";
    }
    return `${measureSql(of, this.#known(column))} AS ${quoted(name)}`;
  }

  order(name: string, isGrouped: boolean, isDescending = false): string {
    if (!isGrouped) this.#known(name);
    else if (!this.#names.has(name.toLowerCase()))
      this.#refuse("unknown_column", `orderBy: '${name.slice(0, MAX_NAME)}' is not in the answer`);
    return `${quoted(name)}${isDescending ? " DESC" : ""}`;
  }

  #known(name: string): string {
    if (!this.#view.columns.some((column) => column.name === name))
      this.#refuse("unknown_column", `'${name.slice(0, MAX_NAME)}' is no column of ${this.#view.name}`);
    return quoted(name);
  }

  /** SQLite's names mean the same in any case. */
  #take(name: string): void {
    const folded = name.toLowerCase();
    if (name === "" || name.length > MAX_NAME || name.includes("\0"))
      this.#refuse("unknown_column", `a name has 1 to ${MAX_NAME} characters`);
    if (this.#names.has(folded)) this.#refuse("name_taken", `'${name.slice(0, MAX_NAME)}' is asked for twice`);
    this.#names.add(folded);
  }

  #refuse(reason: FormRefusal, detail: string): void {
    this.refusal ??= refuse(reason, detail);
  }
}
