import type { LogRecord } from "../record.ts";
import type { TimeContext } from "./time/read-time.ts";

/** What a parser may know beside the line: the time it was received, and what its service has set. */
export interface ParseContext extends TimeContext {
  /** The unit of whole response times at the end of access lines. */
  durationUnit: "ms" | "us" | "s";
  /** Name of the one parser that the service wants; a line that it refuses is kept as text. */
  parser?: string;
  /** The service's own line format, see `compilePattern`. Tried before all parsers. */
  pattern?: string;
  /** The sender said that its lines are JSON, so that a broken one is its mistake and not a text. */
  declaredJson?: boolean;
  /** What the last `#Fields` line of the batch named: `parseEntry` puts it here for the lines that follow. */
  columns?: readonly string[];
}

/** Reads what a wrapper (Docker, Kubernetes, syslog) holds, as a line of its own. */
export type ParseInside = (line: string, context: ParseContext) => LogRecord;

/** By its first character a line is told to be of few formats: a digit, a letter, anything else, or one of these. */
export type Start = "digit" | "letter" | "other" | "{" | "<" | "[";

export interface Parser {
  /** Under which a service may pin it: snake_case, for ever the same. */
  name: string;
  /** What lines of this format may begin with; absent where that is anything. */
  starts?: readonly Start[];
  /**
   * The line as a record, or undefined if the line is not of this format.
   *
   * Never throws; a line of another format costs it a look at a few characters. It leaves `raw` undefined only if
   * `rawOf` gives back the identical line.
   */
  parse(line: string, context: ParseContext, inside: ParseInside): LogRecord | undefined;
}
