import { SECTIONS, type SectionName } from "../../core/summary/sections.ts";

const NAMES = SECTIONS.map(({ name }) => name);
/** Up to here summaries are short; after it come the lists of values, which are most of the text. */
const LAST_SHORT = NAMES.indexOf("users");

const startOf = (name: string): string => `instr(summary, char(10) || '${name} ')`;

/**
 * Expression for as much of a stored summary (core/summary/encode-summary.ts) as these sections need: a day has 1,440 of up to 8 KB,
 * and to carry them out of the database takes longer than to find the lines in it.
 */
export function summaryText(only: ReadonlySet<SectionName>): string {
  const places = [...only].map((name) => NAMES.indexOf(name));
  const last = Math.max(-1, ...places);
  if (last <= LAST_SHORT) {
    // What comes next may be missing in a summary, and then what comes after that ends the text.
    const ends = NAMES.slice(last + 1).map((name) => `nullif(${startOf(name)}, 0)`);
    return `substr(summary, 1, coalesce(${ends.join(", ")}, length(summary) + 1) - 1)`;
  }
  if (places.length > 1 || only.has("pathTemplate")) return "summary";
  const start = startOf(NAMES[last]!);
  return `substr(summary, 1, instr(summary || char(10), char(10)) - 1) || CASE ${start} WHEN 0 THEN '' ELSE
substr(summary, ${start}, instr(substr(summary, ${start} + 1) || char(10), char(10))) END`;
}
