import { contentOf, isPartial } from "./traces/content-of.ts";
import { TraceJoiner } from "./traces/trace-joiner.ts";

/**
 * Lines of one batch with the stack traces among them (Java, Python, Node, Go, .NET, Ruby) and other indented lines that
 * follow a dated one joined into the line they belong to, by line breaks. `parseEntry` marks such an entry as joined.
 *
 * The array itself where nothing is to be joined: that costs a look at the first character of each line.
 */
export function joinTraces(lines: string[]): string[] {
  for (let at = 0; at < lines.length; at++) {
    if (mayBeOfTrace(lines[at]!)) return joinFrom(lines, at);
  }
  return lines;
}

function joinFrom(lines: string[], first: number): string[] {
  // The line before may be a trace's head, and the one before that the log line which the head belongs to.
  const from = Math.max(0, first - 2);
  const joiner = new TraceJoiner(lines.slice(0, from));
  for (let at = from; at < lines.length; at++) joiner.add(lines[at]!, lines[at + 1] ?? "");
  return joiner.entries;
}

const TAB = 9;
const SPACE = 32;

/** Whether a line continues or begins a trace, as far as its beginning tells. */
function mayBeOfTrace(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first === TAB || first === SPACE) return true;
  switch (first) {
    case 67:
      return line.startsWith("Caused by: ");
    case 84:
      return line.startsWith("Traceback (");
    case 102:
      return line.startsWith("fatal error: ");
    case 103:
      return line.startsWith("goroutine ");
    case 112:
      return line.startsWith("panic: ");
    case 50: {
      const content = contentOf(line);
      return content !== line && (isPartial(line) || mayBeOfTrace(content));
    }
    default:
      return false;
  }
}
