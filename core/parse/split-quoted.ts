const SPACE = 32;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * The words of a line that quotes those with spaces in them: `a "b c" "d ""e""" f` → `a`, `b c`, `d "e"`, `f`.
 *
 * A quote inside is written twice or after a backslash. Beyond `maxWords` the rest of the line is left.
 */
export function splitQuoted(line: string, maxWords: number): string[] {
  const words: string[] = [];
  let at = 0;
  while (words.length < maxWords) {
    while (line.charCodeAt(at) === SPACE) at++;
    if (at >= line.length) break;
    const isQuoted = line.charCodeAt(at) === QUOTE;
    const end = isQuoted ? endOfQuoted(line, at + 1) : endOfWord(line, at);
    words.push(isQuoted ? unescaped(line.slice(at + 1, end)) : line.slice(at, end));
    at = isQuoted ? end + 1 : end;
  }
  return words;
}

function endOfWord(line: string, from: number): number {
  const end = line.indexOf(" ", from);
  return end === -1 ? line.length : end;
}

function endOfQuoted(line: string, from: number): number {
  let at = from;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) {
      if (line.charCodeAt(at + 1) !== QUOTE) return at;
      at++;
    }
  }
  return line.length;
}

const unescaped = (text: string): string => (text.includes('"') ? text.replace(/[\\"]"/g, '"') : text);
