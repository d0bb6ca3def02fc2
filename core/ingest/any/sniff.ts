import type { Entry } from "../../record.ts";
import { ok, type Result, refuse } from "../../result.ts";
import { bulkEntries, isBulk } from "../elastic/bulk.ts";
import { isJournalExport, journalEntries } from "../journald/export-format.ts";
import { MAX_ENTRIES } from "../limits.ts";
import type { IngestRefusal, IngestRequest, Outcome, Reply } from "../protocol.ts";
import { itemsOfList, splitJson } from "../split-json.ts";
import { isBinary, textOf } from "../text-of.ts";
import { formEntry } from "./form.ts";
import { linesOf } from "./lines.ts";
import { unwrapped, wrappedNameOf } from "./shipped-line.ts";
import { unwrap } from "./unwrap.ts";

/** A body whose form is known. */
export interface Sniffed {
  entries: Entry[];
  recognised: string;
  declaredJson?: boolean;
  hint?: string;
  /** Where the sender waits for an answer of its own. */
  answer?(outcome: Outcome): Reply;
}

/** Finds out what a body is by its first characters, and takes it apart. At most MAX_ENTRIES + 1 entries. */
export function sniff(request: IngestRequest): Result<Sniffed, IngestRefusal> {
  const { body } = request;
  if (isJournalExport(body)) return ok({ entries: journalEntries(body, MAX_ENTRIES), recognised: "journald" });
  if (isBinary(body)) return refuse("binary_body", "the body is no text; send lines, JSON, or one of the protocols");
  const text = textOf(body);
  const start = text.search(/\S/);
  if (start < 0) return refuse("empty_body", "the body holds no line");
  if (text[start] === "[") {
    const items = itemsOfList(text, MAX_ENTRIES);
    if (items)
      return ok({ entries: unwrappedAll(items.map(lineOfItem)), recognised: "json_array", declaredJson: true });
  }
  if (text[start] === "{") return ok(sniffObjects(text, start, request));
  const form = formEntry(text, request.header("content-type"));
  if (form) return ok({ entries: [form], recognised: "form" });
  return ok(linesOf(text, request));
}

function sniffObjects(text: string, start: number, request: IngestRequest): Sniffed {
  const newline = text.indexOf("\n", start);
  const first = (newline < 0 ? text.slice(start) : text.slice(start, newline)).trimEnd();
  if (newline > 0 && text.slice(newline, newline + 1_000_000).trim() !== "") {
    if (isBulk(first)) return { entries: bulkEntries(text, MAX_ENTRIES), recognised: "elastic_bulk" };
    if (isOneALine(text, start, first)) {
      const { entries } = linesOf(text, request);
      return { entries: unwrappedAll(entries), recognised: "ndjson", declaredJson: true };
    }
  }
  const values = splitJson(text, MAX_ENTRIES, start);
  if (values.length > 1) return { entries: unwrappedAll(values), recognised: "concatenated_json", declaredJson: true };
  const wrapped = unwrap(values[0]!);
  if (wrapped) return wrapped;
  const isDeclared = isObject(values[0]!) || /json/i.test(request.header("content-type") ?? "");
  return { entries: unwrappedAll(values), recognised: "json", declaredJson: isDeclared };
}

/** Lines in a shipper's wrapper are taken out of it; the first tells for all, as one request has one shipper. */
function unwrappedAll(lines: Entry[]): Entry[] {
  const first = typeof lines[0] === "string" ? objectOf(lines[0]) : undefined;
  const name = first && wrappedNameOf(first);
  return name === undefined ? lines : lines.map((line) => (typeof line === "string" ? unwrapped(line, name) : line));
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Lines that are looked at where the first is broken. */
const LOOK_AHEAD = 5;

/** Whether each line is an object of its own; a broken one at the top must not hide the good ones below. */
function isOneALine(text: string, start: number, first: string): boolean {
  if (isObject(first)) return true;
  if (/[{[,]$/.test(first)) return false;
  return text
    .slice(start, start + 65_536)
    .split("\n", LOOK_AHEAD)
    .some((line) => line.startsWith("{") && isObject(line));
}

const isObject = (text: string): boolean => objectOf(text) !== undefined;

/** A list may hold lines as texts; anything else stays JSON. */
function lineOfItem(item: string): string {
  if (item[0] !== '"') return item;
  try {
    return JSON.parse(item) as string;
  } catch {
    return item;
  }
}
