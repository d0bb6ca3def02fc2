import type { LogRecord } from "../record.ts";

/** What the wrapper knows better than its content: where and when the line was written. */
const OF_WRAPPER = new Set<keyof LogRecord>(["tsMs", "subNs", "raw", "parser", "flags", "attrs"]);

/**
 * Puts what was read inside a wrapper into the wrapper's own record.
 *
 * The wrapper's time stays, as does its host: it has written them itself. All else is the content's where it says something.
 */
export function mergeInside(record: LogRecord, inside: LogRecord): void {
  const host = record.host;
  for (const name of Object.keys(inside) as (keyof LogRecord)[]) {
    if (inside[name] !== undefined && !OF_WRAPPER.has(name))
      (record as unknown as Record<string, unknown>)[name] = inside[name];
  }
  record.host = host ?? inside.host;
  if (inside.attrs) record.attrs = { ...inside.attrs, ...record.attrs };
  for (const flag of inside.flags ?? []) {
    if (flag !== "no_time") record.flags = [...(record.flags ?? []), flag];
  }
}
