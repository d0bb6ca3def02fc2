import { type Cursor, isDigit, isLetter, isWord } from "./cursor.ts";
import { isTimeZone, offsetMsOfAbbreviation } from "./zone.ts";

/** A zone as a line names it: a fixed offset, or an IANA name. */
export type ZoneRead = number | string;

const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const COLON = 58;
const SLASH = 47;

/** The longest IANA name is America/Argentina/ComodRivadavia. */
const MAX_ZONE_CHARS = 40;

/**
 * Reads `Z`, `+02:00`, ` +0200`, ` GMT+2`, ` CEST`, ` Europe/Zurich` at the cursor: the offset in ms, or the IANA name.
 *
 * undefined, and the cursor where it was, if no zone stands here.
 */
export function readZone(cursor: Cursor): ZoneRead | undefined {
  const from = cursor.at;
  const spaced = cursor.skip(SPACE);
  const zone = isSign(cursor.code()) ? readOffset(cursor, spaced) : readName(cursor);
  if (zone === undefined) cursor.at = from;
  return zone;
}

const isSign = (code: number): boolean => code === PLUS || code === MINUS || code === 0x2212;

/** ` -1` or ` - ` after a time is a field of its own; an offset has two digits at least, four if it stands apart. */
function readOffset(cursor: Cursor, spaced: boolean): number | undefined {
  const sign = cursor.code() === PLUS ? 1 : -1;
  cursor.at++;
  const hours = cursor.number(2);
  if (cursor.taken !== 2 || hours > 23) return undefined;
  let minutes = 0;
  if (isDigit(cursor.code()) || (cursor.code() === COLON && isDigit(cursor.text.charCodeAt(cursor.at + 1)))) {
    cursor.skip(COLON);
    minutes = cursor.number(2);
    if (cursor.taken !== 2 || minutes > 59) return undefined;
  } else if (spaced) {
    return undefined;
  }
  return isWord(cursor.code()) ? undefined : sign * (hours * 60 + minutes) * 60_000;
}

function readName(cursor: Cursor): ZoneRead | undefined {
  const from = cursor.at;
  cursor.skipLetters();
  if (cursor.at === from || cursor.at - from > MAX_ZONE_CHARS) return undefined;
  if (cursor.code() === SLASH) return readIana(cursor, from);
  const name = cursor.text.slice(from, cursor.at);
  const offset = offsetMsOfAbbreviation(name === "z" ? "Z" : name);
  if (offset === undefined || isDigit(cursor.code())) return undefined;
  return offset === 0 && isSign(cursor.code()) ? readHours(cursor) : offset;
}

/** What follows GMT in `GMT+2`, `GMT+0200`, `UTC-05:30`. */
function readHours(cursor: Cursor): number | undefined {
  const long = readOffset(cursor, false);
  if (long !== undefined) return long;
  const hours = Number(cursor.text.charAt(cursor.at - 1));
  if (cursor.taken !== 1) return undefined;
  return (cursor.text.charCodeAt(cursor.at - 2) === PLUS ? 1 : -1) * hours * 3_600_000;
}

function readIana(cursor: Cursor, from: number): string | undefined {
  while (isLetter(cursor.code()) || cursor.code() === SLASH || cursor.code() === 95 || cursor.code() === MINUS)
    cursor.at++;
  if (cursor.at - from > MAX_ZONE_CHARS) return undefined;
  const name = cursor.text.slice(from, cursor.at);
  return isTimeZone(name) ? name : undefined;
}
