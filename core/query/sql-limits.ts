import type { Limits } from "./filter.ts";
import type { Bind } from "./sql-text.ts";

/** The condition that `expr` (a number or NULL) lies within limits. */
export function limitsSql(expr: string, { low, high }: Limits<number>, bind: Bind): string {
  if (low && high && low.value === high.value && low.inclusive && high.inclusive) return `${expr} = ${bind(low.value)}`;
  if (low?.inclusive && high?.inclusive) return `${expr} BETWEEN ${bind(low.value)} AND ${bind(high.value)}`;
  const conditions: string[] = [];
  if (low) conditions.push(`${expr} ${low.inclusive ? ">=" : ">"} ${bind(low.value)}`);
  if (high) conditions.push(`${expr} ${high.inclusive ? "<=" : "<"} ${bind(high.value)}`);
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(" AND ")})`;
}
