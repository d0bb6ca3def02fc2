import type { Pattern } from "../query/filter.ts";
import { containsTest } from "../query/text-test.ts";
import type { TextPiece, TextValues } from "./parquet/text-values.ts";

const encoder = new TextEncoder();

/**
 * Of each text whether the pattern stands in it, and a 0 for "none" at the end; undefined where it stands in no text.
 *
 * A single piece is looked for in all of them at once: in the page as it is stored, whose texts stand one after the other. What
 * is found across the end of a text does not count.
 */
export function textsWith(texts: TextValues, pattern: Pattern): Uint8Array | undefined {
  if (pattern.length > 1) {
    const test = containsTest(pattern);
    const found = new Uint8Array(texts.count + 1);
    for (let at = 0; at < texts.count; at++) if (test(texts.peek(at))) found[at] = 1;
    return found.includes(1) ? found : undefined;
  }
  const search = new RegExp(sourceOf(pattern[0]!), "g");
  let found: Uint8Array | undefined;
  for (const piece of texts.pieces()) found = searched(texts, piece, search, found);
  return found;
}

function searched(
  texts: TextValues,
  { page, offset, from, to }: TextPiece,
  search: RegExp,
  before: Uint8Array | undefined,
): Uint8Array | undefined {
  search.lastIndex = 0;
  let match = search.exec(page);
  if (match === null) return before;
  const { starts, ends } = texts.places;
  let found = before;
  let text = from;
  for (; match !== null; match = search.exec(page)) {
    const index = match.index + offset;
    while (text < to && ends[text]! <= index) text++;
    if (text === to) break;
    if (index >= starts[text]! && search.lastIndex + offset <= ends[text]!) {
      found ??= new Uint8Array(texts.count + 1);
      found[text] = 1;
      // One match is enough.
      search.lastIndex = ends[text]! - offset;
    } else search.lastIndex = match.index + 1;
  }
  return found;
}

/** Of the piece's UTF-8 bytes as characters; ASCII letters match in both cases. */
const sourceOf = (piece: string): string =>
  Array.from(encoder.encode(piece), (byte) => {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z]/.test(char)) return `[${char.toLowerCase()}${char.toUpperCase()}]`;
    return /[0-9]/.test(char) ? char : `\\x${byte.toString(16).padStart(2, "0")}`;
  }).join("");
