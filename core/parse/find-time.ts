import { isDigit, isLetter, isWord } from "./time/cursor.ts";
import { readTime, type TimeContext, type TimeRead } from "./time/read-time.ts";

/** A line's own time stands near its beginning; what stands further on is something else's. */
const MAX_TIME_AT = 160;

/** Every form that has no year begins with the name of a month or a weekday, or with glog's letter. */
const NAMED = new Set("JFMASONDTWIE");

/**
 * The first time in a line of free text: at its beginning, after brackets, a level or a name.
 *
 * A time without year counts at the beginning only, since `May 12 1` may be words.
 */
export function findTime(line: string, context: TimeContext): TimeRead | undefined {
  const end = Math.min(line.length, MAX_TIME_AT);
  let previous = 0;
  for (let at = 0; at < end; at++) {
    const code = line.charCodeAt(at);
    if (!isWord(previous) && (isDigit(code) || (isLetter(code) && NAMED.has(line.charAt(at)) && at < 2))) {
      const read = readTime(line, at, context);
      if (read) return read;
    }
    previous = code;
  }
  return undefined;
}
