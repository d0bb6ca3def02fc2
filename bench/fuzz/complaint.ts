/** What no answer may hold: a stack, a file of the Worker, a language's or a database's own words. */
const INSIDES =
  /\bat [\w.<>]+ \(|\bat async |node_modules|file:\/\/\/|\/(?:home|Users|root)\/\w|\.ts:\d|\.js:\d|D1_ERROR|SQLITE_[A-Z]|TypeError|RangeError|ReferenceError|SyntaxError|Cannot read prop|"code":"internal"|internal error/;

/** What is wrong with an answer; undefined for one that a hostile request may get. */
export function complaintOf(status: number, text: string): string | undefined {
  // 503 and 504 are said on purpose: not set up, overloaded, a statement that took too long.
  if (status >= 500 && status !== 503 && status !== 504) return `status ${status}`;
  const inside = INSIDES.exec(text);
  return inside ? `tells of the inside: ${inside[0]}` : undefined;
}
