import { type Meaning, NAMES } from "./name-table.ts";
import { RecentNames } from "./recent-names.ts";

/** What the names of a record mean, found out once for all records with the same names in the same order. */
export interface Plan {
  names: readonly string[];
  meanings: readonly (Meaning | undefined)[];
  /** No two names stand for one field, so that none has to be preferred. */
  isSimple: boolean;
  /** One is that under which Weir's own export says its version. */
  mayBeExport: boolean;
}

const plans = new RecentNames<Plan>(newPlan);

export const planOf = (names: readonly string[]): Plan => plans.of(names);

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
