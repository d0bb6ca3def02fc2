import { TABLE_FUNCTIONS } from "./functions.ts";
import type { Token } from "./tokens-of.ts";

/** What the attributes of a record are, and what one of them that is a list has, as a rule. */
const ATTRIBUTES = 50;
const ITEMS_OF_ATTRIBUTE = 5;

const COMPOUND = /^(?:union|intersect|except|values)$/i;

/**
 * How many items the longest list has that a statement takes apart by `json_each` or `json_tree`; 0 where it takes none apart.
 * Undefined where that cannot be foreseen: a list may be made on the spot, of any length. Foreseen are lists that are written out, and
 * `r.attrs`, always with the name of its table, as no other column can then be called so.
 */
export function listItemsOf(tokens: readonly Token[]): number | undefined {
  let most = 0;
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== "word" || !TABLE_FUNCTIONS.has(text.toLowerCase()) || !isSign(tokens[at + 1], "(")) continue;
    const items = itemsOf(tokens, at + 2);
    if (items === undefined) return undefined;
    most = Math.max(most, items);
  }
  const isMixed = tokens.some(({ kind, text }) => kind === "word" && COMPOUND.test(text));
  const isRenamed = tokens.some((token, at) => isAttrs(token) && !isSign(tokens[at - 1], "."));
  return most > 0 && (isMixed || isRenamed) ? undefined : most;
}

/** Of the list that begins at a token. */
function itemsOf(tokens: readonly Token[], at: number): number | undefined {
  const [first, dot, column] = tokens.slice(at, at + 3);
  if (first?.kind === "string" && isEnd(tokens[at + 1])) return first.text.split(",").length;
  if (!isName(first) || !isSign(dot, ".") || !isAttrs(column) || !isEnd(tokens[at + 3])) return undefined;
  return isSign(tokens[at + 3], ",") ? ITEMS_OF_ATTRIBUTE : ATTRIBUTES;
}

const isSign = (token: Token | undefined, sign: string): boolean => token?.kind === "sign" && token.text === sign;
const isEnd = (token: Token | undefined): boolean => isSign(token, ",") || isSign(token, ")");
const isName = (token: Token | undefined): boolean => token?.kind === "word" || token?.kind === "name";
const isAttrs = (token: Token | undefined): boolean =>
  token !== undefined && token.kind !== "sign" && token.text.toLowerCase() === "attrs";
