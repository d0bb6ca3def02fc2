import { FLAGS, LEVELS } from "../record.ts";
import { FIELD_NAMES, FIELDS, type Field, isAttribute, kindOf, toSnakeCase } from "./fields.ts";
import { plainValueText } from "./filter-text.ts";
import { type Place, placeOf } from "./place-of.ts";

export interface Choice {
  /** What takes the place of the text from `from` to `to`. */
  text: string;
  about: string;
}

export interface Completion extends Place {
  /** What can be offered without asking the server, best first. */
  choices: Choice[];
}

/** Values of fields of which there are few. */
const KNOWN: Partial<Record<string, Choice[]>> = {
  level: LEVELS.map((level) => ({ text: level, about: "" })).toReversed(),
  status: ["5xx", "4xx", "3xx", "2xx"].map((text) => ({ text, about: `${text[0]}00 to ${text[0]}99` })),
  time: [
    { text: ">-15m", about: "the last 15 minutes" },
    { text: ">-1h", about: "the last hour" },
    { text: ">-24h", about: "the last 24 hours" },
    { text: ">-7d", about: "the last 7 days" },
  ],
  flags: FLAGS.map((text) => ({ text, about: "" })),
  method: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].map((text) => ({ text, about: "" })),
  device: ["desktop", "mobile", "tablet", "bot"].map((text) => ({ text, about: "" })),
};

const KEYWORDS: Choice[] = [
  { text: "OR ", about: "at least one of both sides" },
  { text: "AND ", about: "both sides, as a space says too" },
  { text: "NOT ", about: "not what follows" },
];

const HAS: Choice = { text: "has:", about: "the field is there" };

/**
 * What a filter bar offers while a filter is typed.
 *
 * Where `kind` is `value`, values that were seen can be added: see `choiceOfValue`.
 *
 * @param cursor in UTF-16 units from 0, as a text field gives it
 */
export function complete(text: string, cursor: number): Completion {
  const place = placeOf(text, cursor);
  return { ...place, choices: choicesAt(place) };
}

/** A seen value as a choice, in quotes where it needs them; undefined where what is typed is not part of it. */
export function choiceOfValue(place: Place, value: string, about: string): Choice | undefined {
  return value.toLowerCase().includes(place.typed.toLowerCase()) ? { text: plainValueText(value), about } : undefined;
}

function choicesAt({ kind, field, typed }: Place): Choice[] {
  switch (kind) {
    case "text":
      return [];
    case "value":
      return matching(knownValuesOf(field!), typed);
    case "has":
      return matching(
        FIELD_NAMES.map((name) => ({ text: toSnakeCase(name), about: FIELDS[name].about })),
        typed,
      );
    case "name": {
      const names = FIELD_NAMES.map((name) => ({ text: `${toSnakeCase(name)}:`, about: FIELDS[name].about }));
      // In small letters they are words.
      const keywords = typed === "" ? [] : KEYWORDS.filter(({ text }) => text.startsWith(typed));
      return [...keywords, ...matching([...names, HAS], typed)];
    }
  }
}

function knownValuesOf(field: Field): Choice[] {
  return isAttribute(field) || kindOf(field) === undefined ? [] : (KNOWN[field] ?? []);
}

/** Those that begin with what is typed, then those that have it inside; each in its order. */
function matching(choices: readonly Choice[], typed: string): Choice[] {
  const asked = typed.toLowerCase().replaceAll("_", "");
  const placeIn = ({ text }: Choice): number => text.toLowerCase().replaceAll("_", "").indexOf(asked);
  return choices
    .filter((choice) => placeIn(choice) >= 0)
    .toSorted((a, b) => Math.min(placeIn(a), 1) - Math.min(placeIn(b), 1));
}
