import type { LogRecord } from "../record.ts";
import { DROP_FIELDS, type DropField, type DropRule, type ServiceSettings } from "../settings.ts";
import type { DropReason, EnrichContext } from "./context.ts";
import { globMatcher } from "./glob-matcher.ts";

type Condition = { field: DropField; matches: (text: string) => boolean };

/** Drops what a service's rules name: every condition of one rule must hold. */
export function dropByRule(record: LogRecord, { settings }: EnrichContext): DropReason | undefined {
  if (settings.drop.length === 0) return undefined;
  for (const rule of rulesOf(settings)) if (rule.every((condition) => holds(record, condition))) return "drop_rule";
  return undefined;
}

function holds(record: LogRecord, { field, matches }: Condition): boolean {
  const value = record[field];
  return value !== undefined && matches(String(value));
}

/** Rules are compiled once for as long as the settings live. */
const compiled = new WeakMap<ServiceSettings, Condition[][]>();

function rulesOf(settings: ServiceSettings): Condition[][] {
  const known = compiled.get(settings);
  if (known) return known;
  const rules = settings.drop.map(conditionsOf);
  compiled.set(settings, rules);
  return rules;
}

function conditionsOf(rule: DropRule): Condition[] {
  const conditions: Condition[] = [];
  for (const field of DROP_FIELDS) {
    const pattern = rule[field];
    if (pattern !== undefined) conditions.push({ field, matches: globMatcher(pattern) });
  }
  return conditions;
}
