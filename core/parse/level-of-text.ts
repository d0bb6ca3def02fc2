import type { Level } from "../record.ts";
import { levelOfName, levelOfWordAt } from "./level.ts";
import { isDigit, isLetter, isWord } from "./time/cursor.ts";

/** A level stands before the message; what stands further on is the message's own words. */
const MAX_LEVEL_CHARS = 200;

/** A single letter is a level in brackets only, and only these are. */
const SURE_LETTERS = "TDIWEF";

const KEYS = new Set(["level", "lvl", "severity", "loglevel", "levelname", "log_level", "log.level"]);

/** What unhandled failures print where no logger is at work. */
const FAILURES: [string, Level][] = [
  ["Traceback (most recent call last)", "error"],
  ["Exception in thread ", "error"],
  ["Uncaught ", "error"],
  ["Unhandled ", "error"],
  ["panic: ", "fatal"],
  ["fatal error: ", "fatal"],
];

/** What a line's or a word's first character tells at a look. */
const IS_FAILURE_START = new Uint8Array(128);
for (const [start] of FAILURES) IS_FAILURE_START[start.charCodeAt(0)] = 1;
const IS_KEY_START = new Uint8Array(128);
for (const key of KEYS) IS_KEY_START[key.charCodeAt(0)] = 1;

const SPACE = 32;
const COLON = 58;

/**
 * The level of a line of free text, where a logger has put one: `[ERROR]`, ` WARN `, `error:`, `level=debug`, glog's
 * `W0102 …`. undefined when there is none: a message that only speaks of an error is not one.
 *
 * @param from where to begin, after a time that is known to be none
 */
export function levelOfText(line: string, from = 0): Level | undefined {
  if (isGlog(line)) return levelOfName(line.charAt(0));
  const failure = IS_FAILURE_START[line.charCodeAt(0)] === 1 ? levelOfFailure(line) : undefined;
  if (failure) return failure;

  const end = Math.min(line.length, MAX_LEVEL_CHARS);
  let isFirst = from > 0;
  for (let at = from; at < end; at++) {
    if (!isLetter(line.charCodeAt(at))) continue;
    const wordAt = at;
    while (at < end && isLetter(line.charCodeAt(at))) at++;
    const level = levelOfWord(line, wordAt, at, isFirst);
    if (level) return level;
    isFirst = false;
    while (at < end && isWord(line.charCodeAt(at))) at++;
  }
  return undefined;
}

function levelOfFailure(line: string): Level | undefined {
  return FAILURES.find(([start]) => line.startsWith(start))?.[1];
}

/** The first word after a time is a level in any spelling. */
function levelOfWord(line: string, from: number, end: number, isFirst: boolean): Level | undefined {
  const named = levelOfWordAt(line, from, end);
  if (!named) {
    const isKey = IS_KEY_START[line.charCodeAt(from) | 32] === 1 && KEYS.has(line.slice(from, end).toLowerCase());
    return isKey ? levelOfValue(line, end) : undefined;
  }
  if (isWord(line.charCodeAt(end)) || (from > 0 && isWord(line.charCodeAt(from - 1)))) return undefined;
  const { level, isSure, isUsual } = named;
  if ((isSure || (isFirst && isUsual)) && isAlone(line, from, end)) return level;
  const isInBrackets = isBracketed(line, from, end);
  if (end === from + 1) return isInBrackets && SURE_LETTERS.includes(line.charAt(from)) ? level : undefined;
  return isInBrackets || isLabel(line, from, end) ? level : undefined;
}

/** `[error]`, `[ WARN]`, `<info>`, `|ERROR|`, `[php7:notice]`, `(debug)`, `[main/INFO]`. */
function isBracketed(line: string, from: number, end: number): boolean {
  let close = end;
  while (line.charCodeAt(close) === SPACE) close++;
  if (!isClosing(line.charCodeAt(close))) return false;
  let open = from - 1;
  while (line.charCodeAt(open) === SPACE) open--;
  const before = line.charAt(open);
  if (before === ":" || before === "/") return line.lastIndexOf("[", open) > line.lastIndexOf("]", open);
  return before === "[" || before === "(" || before === "<" || before === "|";
}

/** `]`, `)`, `>`, `|`. */
const isClosing = (code: number): boolean => code === 93 || code === 41 || code === 62 || code === 124;

/** `error: …` at the start, after a colon, a bracket or a date: not `the error: …` of prose. Python writes `ERROR:root:…`. */
function isLabel(line: string, from: number, end: number): boolean {
  if (line.charCodeAt(end) !== COLON) return false;
  if (isWord(line.charCodeAt(end + 1))) return from === 0 && isCapitals(line, from, end);
  let before = from - 1;
  while (line.charCodeAt(before) === SPACE) before--;
  return before < 0 || !isLetter(line.charCodeAt(before)) || isCapitals(line, from, end);
}

function isCapitals(line: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (line.charCodeAt(at) >= 97) return false;
  return true;
}

const isAlone = (line: string, from: number, end: number): boolean =>
  (from === 0 || isGap(line.charCodeAt(from - 1))) && (end === line.length || isGap(line.charCodeAt(end)));

const isGap = (code: number): boolean => code === SPACE || code === 9;

/** The value after a key of `level=warn`, `level: warn`, `"level":"warn"`. */
function levelOfValue(line: string, keyEnd: number): Level | undefined {
  let at = keyEnd;
  if (line[at] === '"') at++;
  if (line[at] !== "=" && line[at] !== ":") return undefined;
  at++;
  while (line[at] === '"' || line[at] === " ") at++;
  const from = at;
  while (isLetter(line.charCodeAt(at))) at++;
  return at > from ? levelOfName(line.slice(from, at)) : undefined;
}

/** `E0102 15:04:05.678901`: glog and klog put the level's letter before month and day. */
function isGlog(line: string): boolean {
  if (line.charCodeAt(5) !== SPACE || line.charCodeAt(8) !== COLON || !"IWEFD".includes(line.charAt(0))) return false;
  return (
    isDigit(line.charCodeAt(1)) &&
    isDigit(line.charCodeAt(2)) &&
    isDigit(line.charCodeAt(3)) &&
    isDigit(line.charCodeAt(4))
  );
}
