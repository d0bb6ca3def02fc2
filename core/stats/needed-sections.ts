import type { Dimension } from "../summary/dimensions.ts";
import type { SectionName } from "../summary/sections.ts";

/** What `bucketJson` reads of a summary; without the top lists a stored one is read in a quarter of the time. */
export const STATS_SECTIONS: ReadonlySet<SectionName> = new Set<SectionName>([
  "levels",
  "statuses",
  "bytes",
  "durations",
  "ips",
  "users",
]);

/** What `topOf` reads of a summary. */
export function topSections(dimension: Dimension): ReadonlySet<SectionName> {
  if (dimension === "status") return new Set<SectionName>(["statuses"]);
  if (dimension === "level") return new Set<SectionName>(["levels"]);
  return new Set<SectionName>([dimension]);
}
