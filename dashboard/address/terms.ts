/*
 * Conditions of the filter language, written here by themselves: the language's own writer brings its whole grammar, and
 * the first page needs one line of it. test/dashboard/address/terms.test.ts holds the two together.
 */

/** A condition: `status:404`, `path:"/a b"`, `attrs.user:7`. `field` is named as a record names it. */
export const termOf = (field: string, value: string): string => `${fieldText(field)}:${valueText(value)}`;

export const exclusionOf = (field: string, value: string): string => `-${termOf(field, value)}`;

/** Whether a filter says this term among its conditions. */
export const hasTerm = (q: string, term: string): boolean => ` ${q} `.includes(` ${term} `);

/** The filter with the term put to its end, or taken out where it is there. */
export function withTerm(q: string, term: string): string {
  if (hasTerm(q, term)) return ` ${q} `.replace(` ${term} `, " ").trim();
  return `${q} ${term}`.trim();
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

const PLAIN_PART = /^[^\s:"()[\]{}*\\<>=,.]+$/;

function fieldText(field: string): string {
  if (!field.startsWith("attrs.")) return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const parts = field.slice("attrs.".length).split(".");
  return `attrs.${parts.map((part) => (PLAIN_PART.test(part) ? part : quoted(part))).join(".")}`;
}

const valueText = (value: string): string => (/[\s"()*\\]|^[<>[{]|^$/.test(value) ? quoted(value) : value);
