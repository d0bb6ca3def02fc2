import { cheapestFirst } from "../query/cost-of.ts";
import { type Field, isAttribute, toSnakeCase } from "../query/fields.ts";
import type { Filter, Pattern } from "../query/filter.ts";
import { definiteLimits } from "../query/limits.ts";
import { insideJson, SEARCHED_FIELDS, searchesIp } from "../query/search-text.ts";
import { attributeIsSql, attributeWithinSql, hasAttributeSql } from "../query/sql-attribute.ts";
import { networkSql } from "../query/sql-ip.ts";
import { limitsSql } from "../query/sql-limits.ts";
import { type Bind, containsSql, equalsSql } from "../query/sql-text.ts";
import { ok, type Result, refuse } from "../result.ts";
import type { View } from "./view.ts";

/** Columns of `web_logs` that are called otherwise than their field. */
const WEB_NAMES: Partial<Record<string, string>> = {
  pathTemplate: "endpoint",
  durationMs: "response_time_ms",
  device: "ua_device",
  os: "ua_os",
  browser: "ua_browser",
};

/** The view has to be named so in the statement: `FROM logs AS r`. */
export const FILTERED_ALIAS = "r";

/** A value as a literal: a statement that a person goes on with has no parameters. */
const literal: Bind = (value) => (typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`);

/** A filter as a condition over a view. It is never NULL where it is negated, as in the filter language everywhere. */
export function filterSql(filter: Filter, view: View, nowMs: number): Result<string, "unknown_column"> {
  const writer = new Writer(view, nowMs);
  const sql = writer.sqlOf(filter);
  return writer.missing === undefined
    ? ok(sql)
    : refuse("unknown_column", `where: ${view.name} has no column for '${writer.missing}'`);
}

class Writer {
  /** The first field that the view does not have. */
  missing: string | undefined;
  readonly #view: View;
  readonly #columns: ReadonlySet<string>;
  readonly #nowMs: number;

  constructor(view: View, nowMs: number) {
    this.#view = view;
    this.#columns = new Set(view.columns.map(({ name }) => name));
    this.#nowMs = nowMs;
  }

  sqlOf(filter: Filter): string {
    switch (filter.kind) {
      case "all":
        return "1";
      case "and":
      case "or": {
        const parts = filter.kind === "and" ? cheapestFirst(filter.parts) : filter.parts;
        return joined(
          parts.map((part) => this.sqlOf(part)),
          filter.kind === "and" ? "AND" : "OR",
        );
      }
      case "not":
        return `(${this.sqlOf(filter.part)}) IS NOT TRUE`;
      case "text":
        return this.#searchSql(filter.pattern);
      case "has":
        return filter.field === "time" ? "1" : this.#hasSql(filter.field);
      case "is":
        return this.#isSql(filter.field, filter.pattern);
      case "within":
        if (isAttribute(filter.field))
          return this.#attribute(attributeWithinSql(filter.field.attribute, filter, literal));
        return limitsSql(this.#column(filter.field === "level" ? "severity" : filter.field), filter, literal);
      case "when":
        return limitsSql(this.#column("ts_ms"), definiteLimits(filter, this.#nowMs), literal);
      case "network":
        return networkSql(this.#column("ip"), filter, literal);
    }
  }

  #hasSql(field: Field): string {
    if (isAttribute(field)) return this.#attribute(hasAttributeSql(field.attribute, literal));
    return `${this.#column(field)} IS NOT NULL`;
  }

  #isSql(field: Field, pattern: Pattern): string {
    if (isAttribute(field)) return this.#attribute(attributeIsSql(field.attribute, pattern, literal));
    if (field === "flags") return `',' || ${this.#column(field)} || ',' LIKE ${literal(`%,${pattern[0]},%`)}`;
    return equalsSql(this.#column(field), pattern, literal);
  }

  /** Where the filter language looks for words, as far as the view has it. */
  #searchSql(pattern: Pattern): string {
    const places = [...SEARCHED_FIELDS, ...(searchesIp(pattern) ? ["ip"] : [])]
      .filter((field) => this.#columns.has(nameIn(this.#view, field)))
      .map((field) => containsSql(this.#column(field), pattern, literal));
    if (this.#columns.has("attrs")) places.push(containsSql(this.#column("attrs"), pattern.map(insideJson), literal));
    if (places.length > 0) return joined(places, "OR");
    this.missing ??= pattern.join("*");
    return "0";
  }

  #column(field: string): string {
    const name = nameIn(this.#view, field);
    if (!this.#columns.has(name)) this.missing ??= name;
    return `${FILTERED_ALIAS}."${name}"`;
  }

  #attribute(sql: string): string {
    if (!this.#columns.has("attrs")) this.missing ??= "attrs";
    return sql;
  }
}

const nameIn = (view: View, field: string): string =>
  (view.name === "web_logs" ? WEB_NAMES[field] : undefined) ?? toSnakeCase(field);

/** A balanced tree: D1 takes an expression 100 levels deep. */
function joined(conditions: readonly string[], operator: "AND" | "OR"): string {
  if (conditions.length === 1) return conditions[0]!;
  const middle = conditions.length >> 1;
  return `(${joined(conditions.slice(0, middle), operator)} ${operator} ${joined(conditions.slice(middle), operator)})`;
}
