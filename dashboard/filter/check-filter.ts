import { parseFilter } from "../../core/query/parse-filter.ts";

/** What is wrong with a filter, in words; undefined for a good one. Loaded apart: it brings the parser. */
export function checkFilter(q: string): string | undefined {
  const parsed = parseFilter(q);
  return parsed.ok ? undefined : parsed.detail;
}
