import { flatText } from "./flat-text.ts";
import { RecentCache } from "./recent-cache.ts";

/**
 * Short forms of three texts of a row, used all at once or not at all: `kind` says so in bit 5. The columns stay the same, so rows of
 * both forms stand beside each other for ever.
 *
 * - `method` and `protocol`: their place in METHODS and PROTOCOLS, one character.
 * - `path_template`: how it differs from the path, see `templateDifference`.
 */
export const SHORT_BIT = 1 << 5;

/** By place, in base 36. Append only, 36 at most: a stored place keeps its meaning for ever. Source: RFC 9110 §9, RFC 5789, RFC 4918. */
export const METHODS = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "CONNECT",
  "TRACE",
  "PROPFIND",
] as const;
/** As METHODS; both ways in which servers write 2 and 3. */
export const PROTOCOLS = ["HTTP/1.1", "HTTP/2.0", "HTTP/1.0", "HTTP/3.0", "HTTP/2", "HTTP/3"] as const;

const BASE = 36;
export const shortOfPlace = (place: number): string => place.toString(BASE);

const shortsOf = (texts: readonly string[]) =>
  new Map<string, string>(texts.map((text, place) => [text, shortOfPlace(place)]));
const METHOD_SHORTS = shortsOf(METHODS);
const PROTOCOL_SHORTS = shortsOf(PROTOCOLS);

/** Undefined where there is no short form. */
export const shortMethod = (method: string): string | undefined => METHOD_SHORTS.get(method);
export const shortProtocol = (protocol: string): string | undefined => PROTOCOL_SHORTS.get(protocol);

/** The inverse, of METHODS or PROTOCOLS. */
export const longText = (texts: readonly string[], short: string): string | undefined =>
  texts[Number.parseInt(short, BASE)];

/** A number n travels as the character with this code plus n: printable, and no JSON escape before n = 57. */
export const FIRST_CHAR = 0x23;
/** Numbers before the text that stands in between. */
export const DIFFERENCE_NUMBERS = 3;
/** Code points beyond this are surrogates. */
const MAX_NUMBER = 0xd7ff - FIRST_CHAR;
/** Of these the database and JavaScript count as many characters; SQLite's `substr` ends at U+0000. */
const PLAIN = /^[ -\ud7ff]*$/;

interface KnownDifference {
  template: string;
  difference: string | undefined;
}
/** As many as paths are remembered by core/enrich/known-path.ts, which gives the same texts again. */
const differences = new RecentCache<KnownDifference>(8_192);
/** Longer ones rarely come again. */
const MAX_REMEMBERED_CHARS = 256;

/**
 * A path's template as what it has of its own: the length of what both begin with, the place (from 1) and the length of what of the path
 * stands at the template's end, and the text in between. `/items/7/edit` and `/items/:id/edit` give 7, 9, 5 and `:id`.
 *
 * Undefined where the texts have characters that are counted differently elsewhere.
 */
export function templateDifference(path: string, template: string): string | undefined {
  if (path.length > MAX_REMEMBERED_CHARS || template.length > MAX_REMEMBERED_CHARS) return differenceOf(path, template);
  const known = differences.get(path);
  if (known?.template === template) return known.difference;
  const difference = differenceOf(path, template);
  differences.set(path, { template: flatText(template), difference: difference && flatText(difference) });
  return difference;
}

function differenceOf(path: string, template: string): string | undefined {
  if (path.length > MAX_NUMBER || template.length > MAX_NUMBER) return undefined;
  if (!PLAIN.test(path) || !PLAIN.test(template)) return undefined;
  const most = Math.min(path.length, template.length);
  let same = 0;
  while (same < most && path.charCodeAt(same) === template.charCodeAt(same)) same++;
  let ownEnd = template.length;
  let tailAt = 0;
  const nameAt = template.lastIndexOf(":");
  if (nameAt >= same) {
    let nameEnd = nameAt + 1;
    while (nameEnd < ownEnd && isSmallLetter(template.charCodeAt(nameEnd))) nameEnd++;
    const found = nameEnd === ownEnd ? -1 : path.indexOf(template.slice(nameEnd), same);
    if (found >= 0) {
      tailAt = found + 1;
      ownEnd = nameEnd;
    }
  }
  const numbers = String.fromCharCode(
    FIRST_CHAR + same,
    FIRST_CHAR + tailAt,
    FIRST_CHAR + (tailAt === 0 ? 0 : template.length - ownEnd),
  );
  return numbers + template.slice(same, ownEnd);
}

/** The template again. */
export function templateFrom(path: string, difference: string): string {
  const number = (at: number) => difference.charCodeAt(at) - FIRST_CHAR;
  const tailAt = number(1) - 1;
  return (
    path.slice(0, number(0)) +
    difference.slice(DIFFERENCE_NUMBERS) +
    (tailAt < 0 ? "" : path.slice(tailAt, tailAt + number(2)))
  );
}

const isSmallLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;
