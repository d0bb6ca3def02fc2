/** A time in nanoseconds with a zone has at most this many characters. */
const MAX_TIME_CHARS = 40;

const DASH = 45;

/** Where the content of a line of Kubernetes' container runtimes begins (`time stdout F content`), -1 if it is none. */
export function criContentAt(line: string): number {
  if (line.charCodeAt(4) !== DASH || line.charCodeAt(10) !== 84) return -1;
  const timeEnd = line.indexOf(" ", 11);
  if (timeEnd === -1 || timeEnd > MAX_TIME_CHARS) return -1;
  if (!line.startsWith(" stdout ", timeEnd) && !line.startsWith(" stderr ", timeEnd)) return -1;
  const tag = line.charAt(timeEnd + 8);
  return (tag === "F" || tag === "P") && line.charAt(timeEnd + 9) === " " ? timeEnd + 10 : -1;
}
