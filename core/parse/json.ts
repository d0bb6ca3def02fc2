import { recordOfFields } from "../fields/record-of-fields.ts";
import type { Parser } from "./parser.ts";

/** A JSON object, its known names read by `recordOfFields`. A list or a bare value is text. */
export const json: Parser = {
  name: "json",
  parse(line, context) {
    if (!isObjectStart(line)) return undefined;
    let fields: unknown;
    try {
      fields = JSON.parse(line);
    } catch {
      return undefined;
    }
    return recordOfFields({ fields: fields as Record<string, unknown>, line }, context);
  },
};

/** Whether a line's first character, but for spaces, is the one that begins a JSON object. */
export const isObjectStart = (line: string): boolean =>
  line.charCodeAt(0) === 123 || (line.charCodeAt(0) <= 32 && line.trimStart().charCodeAt(0) === 123);
