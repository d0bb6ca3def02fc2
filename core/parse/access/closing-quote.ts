const BACKSLASH = 92;
const SPACE = 32;

/**
 * Index of the quote that ends a quoted field whose text begins at `from`, -1 if there is none.
 *
 * Apache writes a quote inside as `\"`, nginx as `\x22`; servers that do not escape are understood as long as a space
 * does not follow the inner quote.
 */
export function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 1)) {
    if (line.charCodeAt(at - 1) === BACKSLASH && isEscaped(line, from, at)) continue;
    if (at + 1 === line.length || line.charCodeAt(at + 1) === SPACE) return at;
  }
  return -1;
}

function isEscaped(line: string, from: number, quote: number): boolean {
  let at = quote - 1;
  while (at >= from && line.charCodeAt(at) === BACKSLASH) at--;
  return (quote - 1 - at) % 2 === 1;
}
