import { FLAGS, type Flag } from "../record.ts";
import { ok, type Result, refuse } from "../result.ts";
import { FIRST_FLAG_BIT } from "../row.ts";
import {
  ATTRS_COLUMN,
  FLAGS_COLUMN,
  MESSAGE_COLUMN,
  NUMBER_COLUMNS,
  RAW_COLUMN,
  rowTextSql,
  TEXT_COLUMNS,
  type TextColumn,
  type TextCondition,
  TIME_COLUMN,
  wordInRequestLineSql,
} from "./columns.ts";
import { cheapestFirst } from "./cost-of.ts";
import { type Field, isAttribute } from "./fields.ts";
import type { Filter, Pattern } from "./filter.ts";
import { definiteLimits } from "./limits.ts";
import type { NumberFieldName, TextFieldName } from "./read-field.ts";
import { insideJson, searchesIp } from "./search-text.ts";
import { attributeIsSql, attributeWithinSql, hasAttributeSql } from "./sql-attribute.ts";
import { networkSql } from "./sql-ip.ts";
import { limitsSql } from "./sql-limits.ts";
import { type Bind, containsSql, equalsSql } from "./sql-text.ts";
import { containsTest, equalsTest } from "./text-test.ts";

/** A condition over `FROM records AS r`, with numbered parameters: `?5` is params[5 - firstParam]. */
export interface SqlCondition {
  where: string;
  params: (string | number)[];
}

/** D1 takes 100 parameters a statement; the rest of the statement has the others. */
export const MAX_FILTER_PARAMS = 80;
/** D1 takes 100,000 bytes a statement; a text in the filter is a parameter, so this is ASCII. */
export const MAX_WHERE_CHARS = 80_000;

/**
 * A filter as an SQL condition. It is never NULL where it is negated, so that `-path:/x` finds records without a path.
 *
 * @param nowMs what relative times count from
 * @param firstParam number of the first parameter; the statement's own parameters have the numbers before it
 */
export function sqlOf(filter: Filter, nowMs: number, firstParam: number): Result<SqlCondition, "filter_too_large"> {
  const writer = new Writer(nowMs, firstParam);
  const where = writer.sqlOf(filter);
  const params = [...writer.places.keys()];
  if (params.length > MAX_FILTER_PARAMS) {
    return refuse(
      "filter_too_large",
      `the filter has ${params.length} different values, the database takes ${MAX_FILTER_PARAMS}`,
    );
  }
  if (where.length > MAX_WHERE_CHARS) return refuse("filter_too_large", "the filter is too long for the database");
  return ok({ where, params });
}

class Writer {
  readonly places = new Map<string | number, string>();
  readonly #nowMs: number;
  readonly #firstParam: number;

  constructor(nowMs: number, firstParam: number) {
    this.#nowMs = nowMs;
    this.#firstParam = firstParam;
  }

  readonly #bind: Bind = (value) => {
    const known = this.places.get(value);
    if (known !== undefined) return known;
    const place = `?${this.#firstParam + this.places.size}`;
    this.places.set(value, place);
    return place;
  };

  sqlOf(filter: Filter): string {
    switch (filter.kind) {
      case "all":
        return "1";
      case "and":
        return joined(
          cheapestFirst(filter.parts).map((part) => this.sqlOf(part)),
          "AND",
        );
      case "or":
        return joined(
          cheapestFirst(filter.parts).map((part) => this.sqlOf(part)),
          "OR",
        );
      case "not":
        return `(${this.sqlOf(filter.part)}) IS NOT TRUE`;
      case "text":
        return this.#searchSql(filter.pattern);
      case "has":
        return this.#hasSql(filter.field);
      case "is":
        return this.#isSql(filter.field, filter.pattern);
      case "within":
        return isAttribute(filter.field)
          ? attributeWithinSql(filter.field.attribute, filter, this.#bind)
          : limitsSql(NUMBER_COLUMNS[filter.field as NumberFieldName], filter, this.#bind);
      case "when":
        return limitsSql(TIME_COLUMN, definiteLimits(filter, this.#nowMs), this.#bind);
      case "network":
        return networkSql(TEXT_COLUMNS.ip.row!, filter, this.#bind);
    }
  }

  #searchSql(pattern: Pattern): string {
    const contains: TextCondition = {
      sql: (expr) => containsSql(expr, pattern, this.#bind),
      test: containsTest(pattern),
    };
    const within = (field: TextFieldName): string => textSql(TEXT_COLUMNS[field], contains);
    const isWord = pattern.length === 1 && !pattern[0]!.includes(" ");
    // What most rows have comes first. What an access line lacks is looked at once for all: half the time of a row.
    const places = [within("userAgent"), within("path"), within("referrer")];
    const rare = [within("raw"), containsSql(ATTRS_COLUMN, pattern.map(insideJson), this.#bind)];
    const rareColumns = [RAW_COLUMN, ATTRS_COLUMN];
    if (isWord) {
      rare.unshift(contains.sql(MESSAGE_COLUMN));
      rareColumns.unshift(MESSAGE_COLUMN);
    }
    places.push(`(coalesce(${rareColumns.join(", ")}) IS NOT NULL AND ${joined(rare, "OR")})`);
    places.push(isWord ? wordInRequestLineSql(contains) : within("message"));
    if (searchesIp(pattern)) places.push(within("ip"));
    return joined(places, "OR");
  }

  #hasSql(field: Field): string {
    if (isAttribute(field)) return hasAttributeSql(field.attribute, this.#bind);
    switch (field) {
      case "time":
        return "1";
      case "flags":
        return `${FLAGS_COLUMN} >> ${FIRST_FLAG_BIT} <> 0`;
      case "level":
      case "status":
      case "bytes":
      case "durationMs":
        return `${NUMBER_COLUMNS[field]} IS NOT NULL`;
      default:
        return textSql(TEXT_COLUMNS[field], IS_THERE);
    }
  }

  #isSql(field: Field, pattern: Pattern): string {
    if (isAttribute(field)) return attributeIsSql(field.attribute, pattern, this.#bind);
    if (field === "flags") return `${FLAGS_COLUMN} & ${flagBit(pattern)}`;
    const equals: TextCondition = {
      sql: (expr) => equalsSql(expr, pattern, this.#bind),
      test: equalsTest(pattern),
    };
    return textSql(TEXT_COLUMNS[field as TextFieldName], equals);
  }
}

const flagBit = (pattern: Pattern): number => 1 << (FIRST_FLAG_BIT + FLAGS.indexOf(pattern[0] as Flag));

const IS_THERE: TextCondition = { sql: (expr) => `${expr} IS NOT NULL`, test: () => true };

/** A condition on a text wherever it is kept. The table's part is worked out once a statement, not once a row. */
function textSql({ row, codes, table }: TextColumn, condition: TextCondition): string {
  const parts: string[] = [];
  if (row !== undefined) parts.push(rowTextSql({ row, codes }, condition));
  if (table)
    parts.push(`${table.key} IN (SELECT t.id FROM ${table.name} AS t WHERE ${condition.sql(`t.${table.column}`)})`);
  return joined(parts, "OR");
}

/** A balanced tree: `a OR b OR c …` is as deep as it is long, and D1 takes a depth of 100. */
function joined(conditions: readonly string[], operator: "AND" | "OR"): string {
  if (conditions.length === 1) return conditions[0]!;
  const middle = conditions.length >> 1;
  return `(${joined(conditions.slice(0, middle), operator)} ${operator} ${joined(conditions.slice(middle), operator)})`;
}
