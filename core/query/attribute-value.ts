type ValueTest = (value: unknown) => boolean;

/**
 * Whether the test holds for a value of that name. Dots in a name mean nesting or are part of a key, in any mixture:
 * `http.route` is found in `{"http":{"route":…}}` and in `{"http.route":…}`, as OpenTelemetry sends it.
 */
export function someAttribute(attrs: object, parts: readonly string[], test: ValueTest, from = 0): boolean {
  let key = "";
  for (let end = from + 1; end <= parts.length; end++) {
    key = end === from + 1 ? parts[from]! : `${key}.${parts[end - 1]}`;
    if (!Object.hasOwn(attrs, key)) continue;
    const value = (attrs as Record<string, unknown>)[key];
    if (end === parts.length) {
      if (test(value)) return true;
    } else if (isObject(value) && someAttribute(value, parts, test, end)) return true;
  }
  return false;
}

/** Every way to nest the parts of a name, as lists of keys: at most 128, for 8 parts. */
export function keyListsOf(parts: readonly string[]): string[][] {
  const [first, ...rest] = parts;
  if (rest.length === 0) return [[first!]];
  return keyListsOf(rest).flatMap(([next, ...others]) => [
    [first!, next!, ...others],
    [`${first}.${next}`, ...others],
  ]);
}

/** A list stands for each of its items; an object has no value of its own. */
export const someScalar = (value: unknown, test: ValueTest): boolean =>
  Array.isArray(value) ? value.some((item) => !isObject(item) && test(item)) : !isObject(value) && test(value);

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The text of a string, a number as JSON writes it, or a boolean; of nothing else. */
export function textOfScalar(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A number of RFC 8259, with JSON's white space around. */
const JSON_NUMBER = /^[ \t\n\r]*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?[ \t\n\r]*$/;

/** A number, or a text that is one: logfmt and form fields carry numbers as text. */
export function numberOfScalar(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && JSON_NUMBER.test(value) ? Number(value) : undefined;
}
