import type { TextField } from "../fields/put-field.ts";
import type { LogRecord } from "../record.ts";
import { wholeNumberOf } from "./whole-number.ts";

/** The fields that a word of a line fills as it stands, whatever the format calls them. */
export type WordField = "ip" | "method" | "path" | "protocol" | "status" | "bytes" | Exclude<TextField, "city">;

/** Fills a field with a word; false, and the record unchanged, where the word is not of the field's kind. */
export function putWord(record: LogRecord, field: WordField, word: string): boolean {
  if (field !== "status" && field !== "bytes") {
    record[field] = word;
    return true;
  }
  const number = wholeNumberOf(word);
  if (number === -1 || (field === "status" && word.length !== 3)) return false;
  record[field] = number;
  return true;
}
