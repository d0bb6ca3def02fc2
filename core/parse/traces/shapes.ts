import { isDigit } from "../time/cursor.ts";
import { readTime } from "../time/read-time.ts";

const TAB = 9;
const SPACE = 32;

/** How a frame or a cause begins, after its indentation: Java, Node, .NET, Python, Ruby. */
const FRAMES = ["at ", "... ", 'File "', "from ", "Suppressed: ", "Caused by: ", "--- End of "];

/** Which year it is does not matter here. */
const CONTEXT = { nowMs: 0, zone: "UTC" };

export const isIndented = (line: string): boolean => line.charCodeAt(0) === TAB || line.charCodeAt(0) === SPACE;

export function isFrame(line: string): boolean {
  if (line.startsWith("Caused by: ")) return true;
  if (!isIndented(line)) return false;
  let at = 0;
  while (line.charCodeAt(at) === TAB || line.charCodeAt(at) === SPACE) at++;
  return FRAMES.some((start) => line.startsWith(start, at));
}

/** A date at the line's start, in brackets or not: the mark of a logger's line. */
export function beginsWithTime(line: string): boolean {
  const at = line.charCodeAt(0) === 91 ? 1 : 0;
  const first = line.charCodeAt(at);
  return (isDigit(first) || (first >= 65 && first <= 87)) && readTime(line, at, CONTEXT) !== undefined;
}

export const isPythonStart = (line: string): boolean => line.startsWith("Traceback (most recent call last)");

export const isPythonChain = (line: string): boolean =>
  line.startsWith("During handling of the above exception") ||
  line.startsWith("The above exception was the direct cause");

export const isGoStart = (line: string): boolean =>
  line.startsWith("panic: ") || line.startsWith("fatal error: ") || /^goroutine \d+ \[/.test(line);

/** A call (`main.f(0x1, …)`), its place (`\t/app/main.go:12 +0x1d`), and what else stands in a dump of goroutines. */
export function isGoLine(line: string): boolean {
  if (line.charCodeAt(0) === TAB) return true;
  if (/^(?:goroutine \d+ |created by |\[signal |exit status \d|runtime stack:|panic: )/.test(line)) return true;
  return line.endsWith(")") && line.length < 2_000 && /^[\w./*()[\]·-]{1,400}\(/.test(line);
}
