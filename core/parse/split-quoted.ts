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
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 1)) {
    if (line.charCodeAt(at + 1) === QUOTE) at++;
    else if (line.charCodeAt(at - 1) !== BACKSLASH || !isEscaped(line, from, at)) return at;
  }
  return line.length;
}

function isEscaped(line: string, from: number, quote: number): boolean {
  let at = quote - 1;
  while (at >= from && line.charCodeAt(at) === BACKSLASH) at--;
  return (quote - 1 - at) % 2 === 1;
}

const unescaped = (text: string): string => (text.includes('"') ? text.replace(/[\\"]"/g, '"') : text);
