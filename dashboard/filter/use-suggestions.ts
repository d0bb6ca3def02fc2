import { useEffect, useState } from "preact/hooks";
import { type Choice, type Completion, choiceOfValue, complete } from "../../core/query/complete.ts";
import { isAttribute } from "../../core/query/fields.ts";
import type { Scope } from "../api/questions.ts";
import { askTop } from "../api/top-lists.ts";
import { short } from "../format/number.ts";
import { services } from "../live/overview-feed.ts";

const SHOWN = 9;
const SEEN_VALUES = 40;
/** Asked when typing rests: each field's values once. */
const REST_MS = 120;

/** The dimensions that the API counts, as the filter names them. */
const COUNTED = new Set("path ip country browser os device method status referrer level event bot".split(" "));

/** What can be put at the cursor, and the text that it makes. */
export interface Suggestions {
  choices: readonly Choice[];
  apply: (choice: Choice) => { text: string; cursor: number };
}

/** Offers fields, and the values that occur in what the page is about. Nothing where there is nothing to complete. */
export function useSuggestions(text: string, cursor: number | undefined, scope: Scope): Suggestions {
  const place = cursor === undefined ? undefined : complete(text, cursor);
  const seen = useSeenValues(place, scope);
  const fresh = seen.flatMap(([value, about]) => {
    const choice = place?.kind === "value" ? choiceOfValue(place, value, about) : undefined;
    return choice ? [choice] : [];
  });
  const occurring = new Set(fresh.map((choice) => choice.text));
  const others = place?.choices.filter((choice) => !occurring.has(choice.text)) ?? [];
  // What occurs comes first: it is what the person sees on the page.
  const choices = [...fresh, ...others].slice(0, SHOWN);
  return { choices, apply: (choice) => applied(text, place!, choice) };
}

/** A finished value is followed by a space: the next condition can begin. */
function applied(text: string, { kind, from, to }: Completion, choice: Choice): { text: string; cursor: number } {
  const isFinished = kind === "value" || kind === "has";
  const rest = text.slice(to);
  const put = choice.text + (isFinished && !rest.startsWith(" ") ? " " : "");
  return { text: text.slice(0, from) + put + rest, cursor: from + put.length };
}

const asked = new Map<string, Promise<[value: string, about: string][]>>();

function useSeenValues(place: Completion | undefined, scope: Scope): [value: string, about: string][] {
  const field = place?.kind === "value" && place.field && !isAttribute(place.field) ? place.field : undefined;
  const [seen, setSeen] = useState<{ field: string; values: [string, string][] }>();
  const key = field && COUNTED.has(field) ? `${field} ${scope.service ?? ""}` : undefined;
  useEffect(() => {
    if (key === undefined || field === undefined) return;
    let isGone = false;
    const timer = setTimeout(async () => {
      if (!asked.has(key)) asked.set(key, valuesOf(field, scope));
      const values = await asked.get(key)!;
      if (!isGone) setSeen({ field, values });
    }, REST_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [key]);
  if (field === "service") return [...(services.value?.keys() ?? [])].sort().map((name) => [name, ""]);
  return seen && seen.field === field ? seen.values : [];
}

/** Values of the whole service, whatever the filter: one that it leaves out may be the one that is wanted. */
async function valuesOf(field: string, { service, range }: Scope): Promise<[string, string][]> {
  try {
    const signal = AbortSignal.timeout(5_000);
    const { values } = await askTop({ service, range, q: "" }, field, SEEN_VALUES, signal);
    return values.map(({ value, count }) => [value, short(count)]);
  } catch {
    return [];
  }
}
