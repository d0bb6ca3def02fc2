import { ok, type Result, refuse } from "../result.ts";
import { SECTIONS, type Section, type SectionName, VERSION } from "./sections.ts";
import { emptySummary, type Summary } from "./summary.ts";

export type SummaryRefusal = "not_a_summary" | "unknown_version";

const READERS = new Map<string, Section>(SECTIONS.map((section) => [section.name, section]));

/**
 * Reads what `encodeSummary` wrote; with `only`, just the count and those sections, and the rest stays empty.
 * Any other text is refused, never thrown at.
 */
export function decodeSummary(text: string, only?: ReadonlySet<SectionName>): Result<Summary, SummaryRefusal> {
  const lines = text.split("\n");
  const [version, count] = lines[0]!.split(" ");
  if (version !== `${VERSION}`) return refuse("unknown_version", `version ${version?.slice(0, 20)}`);
  const summary = emptySummary();
  summary.count = Number(count);
  if (!Number.isSafeInteger(summary.count) || summary.count < 0) return refuse("not_a_summary", "count");
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    const space = line.indexOf(" ");
    const section = READERS.get(line.slice(0, space));
    if (section === undefined) return refuse("not_a_summary", `line ${i + 1}`);
    if (only !== undefined && !isWanted(section, only)) continue;
    if (!section.read(summary, line.slice(space + 1))) return refuse("not_a_summary", section.name);
  }
  return ok(summary);
}

const isWanted = ({ name, neededBy }: Section, only: ReadonlySet<SectionName>): boolean =>
  only.has(name) || (neededBy !== undefined && only.has(neededBy));
