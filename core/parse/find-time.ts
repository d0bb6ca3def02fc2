import { isDigit, isLetter, isWord } from "./time/cursor.ts";
import { readTime, type TimeContext, type TimeRead } from "./time/read-time.ts";
import { type Timestamp, timestampOfNanos } from "./timestamp.ts";

/** A line's own time stands near its beginning; what stands further on is something else's. */
const MAX_TIME_AT = 160;

/** Every form that has no year begins with the name of a month or a weekday, or with glog's letter. */
const NAMED = new Set("JFMASONDTWIE");

/** Squid's `1386543323.000`, nsd's `[1387288694]`, webmin's `1690466804.2161960.0`. */
const EPOCH = /^\[?(1\d{9})(?:\.(\d{1,9}))?(?![\w-])/;

export interface FoundTime extends Timestamp {
  /** Where it stands in the line, from its first character to after its last. */
  at: number;
  end: number;
}

/**
 * The first time in a line of free text: at its beginning, after brackets, a level or a name.
 *
 * A time without year counts at the beginning only, since `May 12 1` may be words; so does a bare epoch in seconds.
 */
export function findTime(line: string, context: TimeContext): FoundTime | undefined {
  const first = line.charCodeAt(0) === 91 ? line.charCodeAt(1) : line.charCodeAt(0);
  if (first === 49) {
    const epoch = EPOCH.exec(line);
    if (epoch)
      return { ...timestampOfNanos(BigInt(epoch[1]! + (epoch[2] ?? "").padEnd(9, "0"))), at: 0, end: epoch[0].length };
  }
  const end = Math.min(line.length, MAX_TIME_AT);
  let previous = 0;
  for (let at = 0; at < end; at++) {
    const code = line.charCodeAt(at);
    if (!isWord(previous) && (isDigit(code) || (at < 2 && isLetter(code) && NAMED.has(line.charAt(at))))) {
      const read = readTime(line, at, context);
      if (read) return foundTime(finer(read, line, context), at);
    }
    previous = code;
  }
  return undefined;
}

/** Of `2025/05/01 07:57:03 [2025-05-01 07:57:03.150624] …`, a logger in a logger, the one that tells more of the same second. */
function finer(read: TimeRead, line: string, context: TimeContext): TimeRead {
  if (read.tsMs % 1_000 === 0 && line.startsWith(" [", read.end)) {
    const second = readTime(line, read.end + 2, context);
    if (second && Math.floor(second.tsMs / 1_000) * 1_000 === read.tsMs) return second;
  }
  return read;
}

const foundTime = ({ tsMs, subNs, end }: TimeRead, at: number): FoundTime => ({
  tsMs,
  subNs: subNs === 0 ? undefined : subNs,
  at,
  end,
});
