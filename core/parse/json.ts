import { recordOfFields } from "../fields/record-of-fields.ts";
import { isDockerLog, parseDocker } from "./docker.ts";
import type { Parser } from "./parser.ts";

/**
 * A JSON object, its known names read by `recordOfFields`; Docker's wrapper is opened. A list or a bare value is text.
 */
export const json: Parser = {
  name: "json",
  starts: ["{", "other"],
  parse(line, context, inside) {
    if (!isObjectStart(line)) return undefined;
    let fields: Record<string, unknown>;
    try {
      fields = JSON.parse(line) as Record<string, unknown>;
    } catch {
      return undefined;
    }
    const entry = { fields, line };
    return isDockerLog(fields) ? parseDocker(entry, context, inside) : recordOfFields(entry, context);
  },
};

/** Whether a line's first character, but for spaces, is the one that begins a JSON object. */
export const isObjectStart = (line: string): boolean =>
  line.charCodeAt(0) === 123 || (line.charCodeAt(0) <= 32 && line.trimStart().charCodeAt(0) === 123);
