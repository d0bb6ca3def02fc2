import { SECTIONS, VERSION } from "./sections.ts";
import type { Summary } from "./summary.ts";

/**
 * The stored form: a line with version and count, then a line for each section that has something to tell. Lines, because most
 * questions need one section, and to find it is ten times faster than to parse all as JSON. Equal summaries give equal texts.
 */
export function encodeSummary(summary: Summary): string {
  let text = `${VERSION} ${summary.count}`;
  for (const { name, write } of SECTIONS) {
    const section = write(summary);
    if (section !== undefined) text += `\n${name} ${section}`;
  }
  return text;
}
