import { type Field, fieldNamed, MAX_ATTRIBUTE_PARTS } from "./fields.ts";

const ATTRIBUTE = /^(?:attrs\.)?[^\s:"()[\]{}*\\<>=,]{1,256}$/;

/** What a name alone means, as before a colon in the filter language; undefined where it can be the name of nothing. */
export function fieldOfName(name: string): Field | undefined {
  const known = fieldNamed(name);
  if (known !== undefined) return known;
  if (!ATTRIBUTE.test(name)) return undefined;
  const attribute = name.replace(/^attrs\./, "").split(".");
  return attribute.length <= MAX_ATTRIBUTE_PARTS && attribute.every((part) => part !== "") ? { attribute } : undefined;
}
