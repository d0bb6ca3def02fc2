/** Of one record, objects inside counted in: more is a payload dump, not a log line (docs/limits-and-cost.md). */
export const MAX_ATTRS = 256;
/** Objects and arrays inside one another, the attrs object itself being the first. */
export const MAX_DEPTH = 8;

/** What a record may still take; shared by all its attributes. */
export interface Budget {
  attrs: number;
  cut: boolean;
}

/** Sets a key as data, whatever its name: `__proto__` too becomes a key like any other. */
export function setAttr(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The value itself where it is within the limits, else a copy without what is too deep or too much. */
export function bounded(value: unknown, budget: Budget, depth = 2): unknown {
  if (typeof value !== "object" || value === null) return value;
  const before = budget.attrs;
  if (fits(value, budget, depth)) return value;
  budget.attrs = before;
  budget.cut = true;
  return cutCopy(value, budget, depth);
}

function fits(value: object, budget: Budget, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === "object" && item !== null && !fits(item, budget, depth + 1)) return false;
    return true;
  }
  for (const item of Object.values(value)) {
    if (--budget.attrs < 0) return false;
    if (typeof item === "object" && item !== null && !fits(item, budget, depth + 1)) return false;
  }
  return true;
}

function cutCopy(value: unknown, budget: Budget, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => cutCopy(item, budget, depth + 1) ?? null);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (--budget.attrs < 0) break;
    const kept = cutCopy(item, budget, depth + 1);
    if (kept !== undefined) setAttr(copy, key, kept);
  }
  return copy;
}
