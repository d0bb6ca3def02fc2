import type { FiguresJson } from "./bucket-json.ts";

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

export function changeOf(now: FiguresJson, before: FiguresJson): ChangeJson {
  const change = (of: (figures: FiguresJson) => number): number | null => relativeChange(of(now), of(before));
  return {
    count: change(({ count }) => count),
    errors: change(({ levels }) => (levels.error ?? 0) + (levels.fatal ?? 0)),
    serverErrors: change(({ statuses }) => statuses["5xx"] ?? 0),
    bytes: change(({ bytes }) => bytes),
    uniqueIps: change(({ uniqueIps }) => uniqueIps),
    uniqueUsers: change(({ uniqueUsers }) => uniqueUsers),
    p95: change(({ durationMs }) => durationMs?.p95 ?? 0),
  };
}

/** To four digits; null where there was nothing. */
export const relativeChange = (now: number, before: number): number | null =>
  before === 0 ? null : Number(((now - before) / before).toPrecision(4));
