import { fieldNamed } from "../../core/query/fields.ts";
import { isOf, notOf } from "../../core/query/filter.ts";
import { filterText } from "../../core/query/filter-text.ts";

/** A condition in the filter language: `status:404`, `path:"/a b"`, `attrs.user:7`. */
export function termOf(field: string, value: string): string {
  const named = fieldNamed(field) ?? { attribute: field.replace(/^attrs\./, "").split(".") };
  return filterText(isOf(named, [value]));
}

export const exclusionOf = (field: string, value: string): string => {
  const named = fieldNamed(field) ?? { attribute: field.replace(/^attrs\./, "").split(".") };
  return filterText(notOf(isOf(named, [value])));
};

/** Whether a filter says this term among its conditions. */
export const hasTerm = (q: string, term: string): boolean => ` ${q} `.includes(` ${term} `);

/** The filter with the term put to its end, or taken out where it is there. */
export function withTerm(q: string, term: string): string {
  if (hasTerm(q, term)) return ` ${q} `.replace(` ${term} `, " ").trim();
  return `${q} ${term}`.trim();
}
