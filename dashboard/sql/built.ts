/** A question put together by choosing: what is counted, of which rows, by what. */
export interface Built {
  table: string;
  measure: { of: Measure; column: string };
  /** Columns, or a step of time written `1 min`. */
  by: readonly string[];
  conditions: readonly Condition[];
  limit: number;
}

export type Measure = "count" | "sum" | "avg" | "min" | "max" | "distinct";

export interface Condition {
  column: string;
  operator: Operator;
  value: string;
}

export const OPERATORS = ["=", "<>", ">", ">=", "<", "<=", "contains", "is null", "is not null"] as const;
export type Operator = (typeof OPERATORS)[number];

/** Steps of time that rows can be grouped by, in milliseconds. */
export const STEPS = { "1 min": 60_000, "10 min": 600_000, "1 h": 3_600_000, "1 d": 86_400_000 } as const;

const isStep = (text: string): text is keyof typeof STEPS => Object.hasOwn(STEPS, text);

/** The statement that a built question stands for. `isText` says which columns hold text: numbers stand without quotes. */
export function sqlOfBuilt(
  { table, measure, by, conditions, limit }: Built,
  isText: (column: string) => boolean,
): string {
  const keys = by.map((key) =>
    isStep(key) ? { sql: `ts_ms / ${STEPS[key]} * ${STEPS[key]}`, name: "ts_ms" } : { sql: nameOf(key), name: key },
  );
  const columns = keys.map(({ sql, name }) => (sql === name ? sql : `${sql} AS ${nameOf(name)}`));
  const hasTime = by.some(isStep);
  const where = conditions.map((condition) => conditionSql(condition, isText(condition.column)));
  return [
    `SELECT ${[...columns, `${measureSql(measure)} AS ${measureName(measure)}`].join(", ")}`,
    `FROM ${nameOf(table)}`,
    ...(where.length > 0 ? [`WHERE ${where.join("\n  AND ")}`] : []),
    ...(keys.length > 0 ? [`GROUP BY ${keys.map((_, at) => at + 1).join(", ")}`] : []),
    ...(keys.length > 0 ? [`ORDER BY ${hasTime ? 1 : keys.length + 1} ${hasTime ? "" : "DESC"}`.trimEnd()] : []),
    `LIMIT ${limit}`,
  ].join("\n");
}

function measureSql({ of, column }: Built["measure"]): string {
  if (of === "count") return "count(*)";
  return of === "distinct" ? `count(DISTINCT ${nameOf(column)})` : `${of}(${nameOf(column)})`;
}

const measureName = ({ of, column }: Built["measure"]): string =>
  of === "count" ? "records" : nameOf(`${of}_${column}`);

function conditionSql({ column, operator, value }: Condition, isText: boolean): string {
  const name = nameOf(column);
  if (operator === "is null" || operator === "is not null") return `${name} ${operator.toUpperCase()}`;
  if (operator === "contains") return `instr(lower(${name}), ${textSql(value.toLowerCase())}) > 0`;
  const isNumber = !isText && value.trim() !== "" && Number.isFinite(Number(value));
  return `${name} ${operator} ${isNumber ? String(Number(value)) : textSql(value)}`;
}

const textSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Quoted where it has to be. */
const nameOf = (name: string): string => (/^[a-z_][a-z0-9_]*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
