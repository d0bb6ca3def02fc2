import { LEVELS } from "../record.ts";
import { type Field, isAttribute } from "./fields.ts";
import type { Filter, Limits, Pattern } from "./filter.ts";
import { definiteLimits, limitsTest } from "./limits.ts";
import type { NumberFieldName } from "./read-field.ts";
import { numberOfText } from "./read-limits.ts";
import { insideJson, SEARCHED_FIELDS, searchesIp } from "./search-text.ts";
import { equalsTest } from "./text-test.ts";

/** What is known of some records without reading them. Whatever is left out is not known. */
export interface SegmentStats {
  /** The one service of all of them. */
  service?: string;
  /** Earliest and latest time, both inclusive. */
  minMs?: number;
  maxMs?: number;
  /** Bit n: some record has LEVELS[n]. Bit LEVELS.length (see NO_LEVEL_BIT): some record has no level. */
  levels?: number;
  numbers?: Partial<Record<NumberFieldName, NumberStats>>;
  /**
   * False only if no record's searched text (search-text.ts, without `ip`) holds the piece, whatever the case of its ASCII letters;
   * `attrs` counts as its JSON text.
   */
  mayContain?: (piece: string) => boolean;
}

export interface NumberStats {
  /** Undefined where no record has the field. */
  min: number | undefined;
  max: number | undefined;
  /** Whether some record lacks the field. */
  hasGaps: boolean;
}

export const NO_LEVEL_BIT = 1 << LEVELS.length;

/** How many of the records pass: `some` also says that it is not known. */
export type Share = "none" | "some" | "all";

/** What a filter finds among records of which only statistics are known. `none` and `all` are certain. */
export function pruneOf(filter: Filter, stats: SegmentStats, nowMs: number): Share {
  switch (filter.kind) {
    case "all":
      return "all";
    case "and": {
      const shares = filter.parts.map((part) => pruneOf(part, stats, nowMs));
      if (shares.includes("none")) return "none";
      return shares.includes("some") ? "some" : "all";
    }
    case "or": {
      const shares = filter.parts.map((part) => pruneOf(part, stats, nowMs));
      if (shares.includes("all")) return "all";
      return shares.includes("some") ? "some" : "none";
    }
    case "not":
      return NEGATED[pruneOf(filter.part, stats, nowMs)];
    case "text":
      return searchesIp(filter.pattern) ? "some" : unlessMissing(filter.pattern, stats);
    case "has":
      return hasShare(filter.field, stats);
    case "is":
      return isShare(filter.field, filter.pattern, stats);
    case "within":
      return filter.field === "level" ? levelShare(filter, stats.levels) : numberShare(filter.field, filter, stats);
    case "when":
      return spanShare(definiteLimits(filter, nowMs), stats.minMs, stats.maxMs);
    case "network":
      return "some";
  }
}

const NEGATED: Record<Share, Share> = { none: "all", some: "some", all: "none" };

/** `none` where some piece is known to stand nowhere. A piece that JSON writes in another way says nothing. */
function unlessMissing(pattern: Pattern, { mayContain }: SegmentStats): Share {
  if (mayContain === undefined) return "some";
  return pattern.every((piece) => piece === "" || insideJson(piece) !== piece || mayContain(piece)) ? "some" : "none";
}

function hasShare(field: Field, stats: SegmentStats): Share {
  switch (field) {
    case "time":
    case "service":
    case "parser":
      return "all";
    case "level":
      return levelShare({}, stats.levels);
    case "status":
    case "bytes":
    case "durationMs":
      return numberShare(field, {}, stats);
    default:
      return "some";
  }
}

function isShare(field: Field, pattern: Pattern, stats: SegmentStats): Share {
  if (field === "service") {
    if (stats.service === undefined) return "some";
    return equalsTest(pattern)(stats.service) ? "all" : "none";
  }
  // A number is found under every way to write it, so its digits need not stand in the text.
  if (isAttribute(field)) return numberOfText(pattern.join("*")) === undefined ? unlessMissing(pattern, stats) : "some";
  return (SEARCHED_FIELDS as readonly Field[]).includes(field) ? unlessMissing(pattern, stats) : "some";
}

function levelShare(limits: Limits<number>, levels: number | undefined): Share {
  if (levels === undefined) return "some";
  const isWithin = limitsTest(limits);
  let passing = 0;
  for (let level = 0; level < LEVELS.length; level++) if (isWithin(level)) passing |= 1 << level;
  if ((levels & passing) === 0) return "none";
  return (levels & ~passing) === 0 ? "all" : "some";
}

function numberShare(field: Field, limits: Limits<number>, { numbers }: SegmentStats): Share {
  const stats = isAttribute(field) ? undefined : numbers?.[field as NumberFieldName];
  if (stats === undefined) return "some";
  if (stats.min === undefined) return "none";
  const share = spanShare(limits, stats.min, stats.max);
  return share === "all" && stats.hasGaps ? "some" : share;
}

/** What lies within limits of values that span from `min` to `max`, where there is at least one. */
function spanShare(limits: Limits<number>, min: number | undefined, max: number | undefined): Share {
  if (min === undefined || max === undefined) return "some";
  const isWithin = limitsTest(limits);
  // Both ends within means all of them, as limits have no holes.
  if (isWithin(min) && isWithin(max)) return "all";
  const isAbove = limits.low !== undefined && !limitsTest({ low: limits.low })(max);
  const isBelow = limits.high !== undefined && !limitsTest({ high: limits.high })(min);
  return isAbove || isBelow ? "none" : "some";
}
