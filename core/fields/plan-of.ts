import { type Meaning, NAMES } from "./name-table.ts";

/** What the names of a record mean, found out once for all records with the same names in the same order. */
export interface Plan {
  names: readonly string[];
  meanings: readonly (Meaning | undefined)[];
  /** No two names stand for one field, so that none has to be preferred. */
  isSimple: boolean;
  /** One is that under which Weir's own export says its version. */
  mayBeExport: boolean;
}

/** A program writes few kinds of records. */
const SLOTS = 256;
/** Payload dumps differ in their names. */
const MAX_NAMES = 64;

const remembered: (Plan | undefined)[] = new Array(SLOTS).fill(undefined);

export function planOf(names: readonly string[]): Plan {
  const { length } = names;
  if (length === 0 || length > MAX_NAMES) return newPlan(names);
  const slot =
    (length * 31 + names[0]!.length * 7 + names[length >> 1]!.length * 3 + names[length - 1]!.length) % SLOTS;
  const known = remembered[slot];
  if (known !== undefined && hasNames(known, names)) return known;
  const plan = newPlan(names);
  remembered[slot] = plan;
  return plan;
}

function hasNames(plan: Plan, names: readonly string[]): boolean {
  if (plan.names.length !== names.length) return false;
  for (let i = 0; i < names.length; i++) if (plan.names[i] !== names[i]) return false;
  return true;
}

function newPlan(names: readonly string[]): Plan {
  const meanings = names.map((name) => NAMES.meaningOf(name));
  const fields = meanings.flatMap((meaning) => (meaning?.field === undefined ? [] : [meaning.index]));
  return {
    names,
    meanings,
    isSimple: new Set(fields).size === fields.length && new Set(names).size === names.length,
    mayBeExport: names.includes("weir"),
  };
}
