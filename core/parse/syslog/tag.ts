import type { LogRecord } from "../../record.ts";

/** RFC 3164 allows 32; programs with a path or a container's name write more. */
const MAX_TAG_CHARS = 128;

const SPACE = 32;
const COLON = 58;
const OPEN = 91;

/**
 * Puts the tag that begins a syslog message: `app:`, `app[pid]:`, `app[pid] `, or a program's name before a bracket.
 *
 * Answers where the message begins: at `from` itself if no tag stands there, since the first word of a message is none.
 */
export function putTag(record: LogRecord, line: string, from: number): number {
  const end = endOfTag(line, from);
  if (end === from) return from;
  const hasColon = line.charCodeAt(end) === COLON;
  const word = line.slice(from, end);
  const open = word.endsWith("]") ? word.lastIndexOf("[") : -1;
  record.app = open > 0 ? word.slice(0, open) : word;
  if (open > 0 && open < word.length - 2) record.pid = word.slice(open + 1, -1);
  const at = hasColon ? end + 1 : end;
  return line.charCodeAt(at) === SPACE ? at + 1 : at;
}

/** Index of the colon or the space that ends a tag, `from` if no tag stands here. */
function endOfTag(line: string, from: number): number {
  let wordEnd = line.indexOf(" ", from);
  if (wordEnd === -1) wordEnd = line.length;
  if (wordEnd === from) return from;
  const glued = line.indexOf("]:", from);
  if (glued !== -1 && glued < wordEnd && line.lastIndexOf("[", glued) > from) return inBounds(from, glued + 1);
  if (line.charCodeAt(wordEnd - 1) === COLON) return wordEnd - 1 > from ? inBounds(from, wordEnd - 1) : from;
  const isPid = line.charCodeAt(wordEnd - 1) === 93 && line.lastIndexOf("[", wordEnd) > from;
  return isPid || line.charCodeAt(wordEnd + 1) === OPEN ? inBounds(from, wordEnd) : from;
}

const inBounds = (from: number, end: number): number => (end - from <= MAX_TAG_CHARS ? end : from);
