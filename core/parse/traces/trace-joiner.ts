import { levelOfText } from "../level-of-text.ts";
import { contentOf, isPartial } from "./content-of.ts";
import { beginsWithTime, isFrame, isGoLine, isGoStart, isIndented, isPythonChain, isPythonStart } from "./shapes.ts";

/** Longer traces go on in an entry of their own: an endless recursion's would be one record of the whole batch. */
const MAX_TRACE_LINES = 1_000;
const MAX_TRACE_CHARS = 60_000;

/** What kind of trace the last entry ends with; that of Java and Node needs no memory, each of its lines is known. */
type Mode = "none" | "python" | "python_end" | "python_chain" | "go";

/** Collects lines into entries, a trace's lines into the entry of the line they belong to. */
export class TraceJoiner {
  readonly entries: string[];
  #mode: Mode = "none";
  #lines = 1;
  #isDated: boolean | undefined;
  #isPartial = false;

  constructor(entries: string[]) {
    this.entries = entries;
  }

  add(line: string, next: string): void {
    const content = contentOf(line);
    const isJoined =
      this.entries.length > 0 && this.#hasRoom(line) && (this.#isPartial || this.#belongs(content, contentOf(next)));
    if (isJoined) {
      this.entries[this.entries.length - 1] += `\n${line}`;
      this.#lines++;
    } else {
      this.entries.push(line);
      this.#lines = 1;
      this.#isDated = undefined;
      this.#mode = isPythonStart(content) ? "python" : isGoStart(content) ? "go" : "none";
    }
    this.#isPartial = isPartial(line);
  }

  #hasRoom(line: string): boolean {
    return this.#lines < MAX_TRACE_LINES && this.entries.at(-1)!.length + line.length < MAX_TRACE_CHARS;
  }

  #belongs(content: string, next: string): boolean {
    switch (this.#mode) {
      case "python":
        return this.#belongsToPython(content);
      case "python_end":
        return this.#belongsAfterPython(content, next);
      case "python_chain":
        if (isPythonStart(content)) this.#mode = "python";
        return content === "" || isPythonStart(content);
      case "go":
        if (isGoLine(content) || (content === "" && isGoLine(next))) return true;
        this.#mode = "none";
        return false;
      case "none":
        return this.#belongsToLine(content);
    }
  }

  /** Indented lines, and the first that is not: the exception itself. */
  #belongsToPython(content: string): boolean {
    if (isIndented(content)) return true;
    this.#mode = "python_end";
    return !beginsWithTime(content);
  }

  #belongsAfterPython(content: string, next: string): boolean {
    if (isPythonChain(content) || (content === "" && isPythonChain(next))) {
      if (content !== "") this.#mode = "python_chain";
      return true;
    }
    this.#mode = "none";
    return this.#belongsToLine(content);
  }

  #belongsToLine(content: string): boolean {
    if (isPythonStart(content)) return this.#followsError("python");
    if (isGoStart(content)) return this.#followsError("go");
    if (isFrame(content)) {
      this.#joinHead();
      return true;
    }
    this.#isDated ??= beginsWithTime(contentOf(this.entries.at(-1)!));
    return this.#isDated && isIndented(content);
  }

  /** A logger prints the line of an error, then the trace; after any other line a trace stands for itself. */
  #followsError(mode: Mode): boolean {
    if (!isError(this.entries.at(-1)!)) return false;
    this.#mode = mode;
    return true;
  }

  /** `java.lang.Error: x` between a logger's line and the first frame belongs to that line. */
  #joinHead(): void {
    const { entries } = this;
    if (
      this.#lines > 1 ||
      entries.length < 2 ||
      beginsWithTime(contentOf(entries.at(-1)!)) ||
      !isError(entries.at(-2)!)
    )
      return;
    const head = entries.pop()!;
    entries[entries.length - 1] += `\n${head}`;
    this.#lines = 2;
    this.#isDated = undefined;
  }
}

function isError(entry: string): boolean {
  const line = contentOf(entry);
  const level = beginsWithTime(line) || !line.includes("\n") ? levelOfText(line) : undefined;
  return level === "error" || level === "fatal" || level === "warn";
}
