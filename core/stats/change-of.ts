import type { FiguresJson } from "./bucket-json.ts";
import { ALL_FIGURES, type FigureName } from "./figures.ts";

/** Relative: 0.5 is half as much again, -1 is nothing any more; null where there was nothing before. */
export interface ChangeJson {
  count: number | null;
  /** Records of level error and fatal. */
  errors: number | null;
  serverErrors: number | null;
  bytes: number | null;
  uniqueIps: number | null;
  uniqueUsers: number | null;
  p95: number | null;
}

/** What a change is told of, beside the count. */
const FIGURE_OF = {
  errors: "levels",
  serverErrors: "statuses",
  bytes: "bytes",
  uniqueIps: "uniqueIps",
  uniqueUsers: "uniqueUsers",
  p95: "durationMs",
} as const satisfies Partial<Record<keyof ChangeJson, FigureName>>;

/** @param figures those of them that were asked for; of the others nothing is told */
export function changeOf(
  now: FiguresJson,
  before: FiguresJson,
  figures: readonly FigureName[] = ALL_FIGURES,
): ChangeJson {
  const change = (of: (figures: FiguresJson) => number): number | null => relativeChange(of(now), of(before));
  const changes: Partial<ChangeJson> = {
    count: change(({ count }) => count),
    errors: change(({ levels }) => (levels.error ?? 0) + (levels.fatal ?? 0)),
    serverErrors: change(({ statuses }) => statuses["5xx"] ?? 0),
    bytes: change(({ bytes }) => bytes),
    uniqueIps: change(({ uniqueIps }) => uniqueIps),
    uniqueUsers: change(({ uniqueUsers }) => uniqueUsers),
    p95: change(({ durationMs }) => durationMs?.p95 ?? 0),
  };
  for (const [name, figure] of Object.entries(FIGURE_OF))
    if (!figures.includes(figure)) delete changes[name as keyof ChangeJson];
  return changes as ChangeJson;
}

/** To four digits; null where there was nothing. */
export const relativeChange = (now: number, before: number): number | null =>
  before === 0 ? null : Number(((now - before) / before).toPrecision(4));
