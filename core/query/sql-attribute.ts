import { keyListsOf } from "./attribute-value.ts";
import { ATTRS_COLUMN as ATTRS } from "./columns.ts";
import type { Limits, Pattern } from "./filter.ts";
import { numberOfText } from "./read-limits.ts";
import { insideJson } from "./search-text.ts";
import { limitsSql } from "./sql-limits.ts";
import { type Bind, equalsSql, likePattern, likeSql } from "./sql-text.ts";

/** The JSON paths at which a name's value may be: nested, one key with dots in it, or any mixture. */
const pathsOf = (parts: readonly string[]): string[] =>
  keyListsOf(parts).map((keys) => `$${keys.map((key) => `.${JSON.stringify(key)}`).join("")}`);

/** The condition that holds for some path; `condition` is given the SQL of the path. */
function somePathSql(parts: readonly string[], bind: Bind, condition: (path: string) => string): string {
  const [path, ...others] = pathsOf(parts);
  if (others.length === 0) return condition(bind(path!));
  return `EXISTS (SELECT 1 FROM json_each(${bind(JSON.stringify([path, ...others]))}) AS p WHERE ${condition("p.value")})`;
}

/**
 * What the JSON text of every record with such an attribute looks like: first the end of its key, then the pieces of its value.
 * Only texts that do are taken apart, which costs ten times as much.
 */
function looksLikeSql(parts: readonly string[], pieces: Pattern, bind: Bind): string | undefined {
  const key = ["", `${insideJson(parts[parts.length - 1]!)}":`];
  const withValue = likePattern([...key, ...pieces.map(insideJson), ""]);
  return likeSql(ATTRS, withValue, bind) ?? likeSql(ATTRS, likePattern([...key, ""]), bind);
}

function attributeSql(
  parts: readonly string[],
  pieces: Pattern,
  bind: Bind,
  condition: (path: string) => string,
): string {
  const looksLike = looksLikeSql(parts, pieces, bind);
  const isSo = somePathSql(parts, bind, condition);
  return looksLike === undefined ? isSo : `(${looksLike} AND ${isSo})`;
}

export const hasAttributeSql = (parts: readonly string[], bind: Bind): string =>
  attributeSql(parts, [], bind, (path) => `json_type(${ATTRS}, ${path}) <> 'null'`);

/** Some value at the path, or some item of a list there, meets the condition; objects have no value of their own. */
const someValueSql = (path: string, condition: string): string =>
  `(json_type(${ATTRS}, ${path}) <> 'object' AND EXISTS (SELECT 1 FROM json_each(${ATTRS}, ${path}) AS e WHERE ${condition}))`;

/** JSON text of the value: of a number, digit by digit as it came, where SQL's own text of it is rounded. */
const jsonTextSql = (path: string): string =>
  `CASE json_type(${ATTRS}, ${path}) WHEN 'array' THEN ${ATTRS} -> ${path} -> e.key ELSE ${ATTRS} -> ${path} END`;

export function attributeIsSql(parts: readonly string[], pattern: Pattern, bind: Bind): string {
  const number = pattern.length === 1 ? numberOfText(pattern[0]!) : undefined;
  // A number may be written in another way than the value asked for.
  const pieces = number === undefined || String(number) === pattern[0] ? pattern : [];
  return attributeSql(parts, pieces, bind, (path) => {
    const isNumber = "e.type IN ('integer', 'real')";
    const text = `CASE WHEN e.type = 'text' THEN e.value WHEN ${isNumber} THEN ${jsonTextSql(path)} WHEN e.type IN ('true', 'false') THEN e.type END`;
    const equals = equalsSql(text, pattern, bind);
    // A number equals every way to write it; `number` in its JSON form is how JSON.stringify wrote the stored one.
    const equalsNumber =
      number === undefined ? "" : ` OR (${isNumber} AND ${jsonTextSql(path)} = ${bind(String(number))})`;
    return someValueSql(path, `${equals}${equalsNumber}`);
  });
}

const NUMBER_SQL =
  `CASE WHEN e.type IN ('integer', 'real') THEN e.value WHEN e.type = 'text' AND json_valid(e.value) THEN
  CASE WHEN json_type(e.value) IN ('integer', 'real') THEN e.value ->> '$' END END`.replace(/\s+/g, " ");

export const attributeWithinSql = (parts: readonly string[], limits: Limits<number>, bind: Bind): string =>
  attributeSql(parts, [], bind, (path) => someValueSql(path, limitsSql(NUMBER_SQL, limits, bind)));
