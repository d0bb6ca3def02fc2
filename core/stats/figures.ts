import type { SectionName } from "../summary/sections.ts";
import type { FiguresJson } from "./bucket-json.ts";

/** What `/api/stats` can leave out, and the section of a summary that it is read from. The count is always told. */
export const FIGURES = {
  levels: "levels",
  statuses: "statuses",
  bytes: "bytes",
  durationMs: "durations",
  uniqueIps: "ips",
  uniqueUsers: "users",
} as const satisfies Partial<Record<keyof FiguresJson, SectionName>>;
export type FigureName = keyof typeof FIGURES;

export const ALL_FIGURES = Object.keys(FIGURES) as FigureName[];

export const sectionsOf = (names: readonly FigureName[]): ReadonlySet<SectionName> =>
  new Set<SectionName>(names.map((name) => FIGURES[name]));

/** Without the figures that were not asked for. */
export function withFigures<Figures extends FiguresJson>(figures: Figures, names: readonly FigureName[]): Figures {
  if (names.length === ALL_FIGURES.length) return figures;
  // Built up: an object that properties are deleted from is slow ever after, and a day has 1,440 of them.
  const left: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(figures))
    if (!ALL_FIGURES.includes(name as FigureName) || names.includes(name as FigureName)) left[name] = value;
  return left as Figures;
}
