const LOCAL = /[A-Za-z0-9._%+-]/;
const DOMAIN = /[A-Za-z0-9.-]/;
/** RFC 5321 §4.5.3.1. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;

/** A text with e-mail addresses redacted. Linear: looks only around each `@`, and not beyond the longest address. */
export function redactEmails(text: string): string {
  let out = "";
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const start = startOfLocal(text, at, from);
    const end = endOfDomain(text, at);
    if (start === at || end === undefined) continue;
    out += `${text.slice(from, start)}[email]`;
    from = end;
  }
  return from === 0 ? text : out + text.slice(from);
}

function startOfLocal(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && at - start < MAX_LOCAL && LOCAL.test(text[start - 1]!)) start--;
  return start;
}

/** undefined where no dot is inside, or no letter after the last one. */
function endOfDomain(text: string, at: number): number | undefined {
  let end = at + 1;
  while (end < text.length && end - at <= MAX_DOMAIN && DOMAIN.test(text[end]!)) end++;
  while (end > at && (text[end - 1] === "." || text[end - 1] === "-")) end--;
  const domain = text.slice(at + 1, end);
  return /\.[A-Za-z]{2,}$/.test(domain) ? end : undefined;
}
