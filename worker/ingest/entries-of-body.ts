import { MAX_ENTRIES } from "../../core/ingest/limits.ts";
import type { Entry } from "../../core/record.ts";
import { ApiError } from "../errors.ts";

/** The lines of a body. */
export function entriesOfBody(text: string): Entry[] {
  const trimmed = text.trimStart();
  if (trimmed.startsWith("[")) {
    try {
      return (JSON.parse(text) as unknown[]).map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
    } catch {
      // Not an array: lines then.
    }
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > MAX_ENTRIES) throw new ApiError("too_many_lines", `a request may have ${MAX_ENTRIES} lines; send smaller batches`);
  return lines;
}
