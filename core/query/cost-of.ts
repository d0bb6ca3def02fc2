import { isAttribute } from "./fields.ts";
import type { Filter } from "./filter.ts";

/** How much work a condition is for one record, roughly: the cheap ones are asked first. */
export function costOf(filter: Filter): number {
  switch (filter.kind) {
    case "all":
    case "when":
      return 1;
    case "has":
    case "within":
      return isAttribute(filter.field) ? 20 : 2;
    case "is":
      return isAttribute(filter.field) ? 20 : 5;
    case "network":
      return 8;
    case "text":
      return 50;
    case "not":
      return costOf(filter.part);
    case "and":
    case "or":
      return filter.parts.reduce((cost, part) => cost + costOf(part), 0);
  }
}

/** The parts in the order in which they are best asked; among equals as written. */
export const cheapestFirst = (parts: readonly Filter[]): Filter[] => parts.toSorted((a, b) => costOf(a) - costOf(b));
