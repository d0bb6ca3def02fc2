import { setAttr } from "../../fields/bounded.ts";
import type { FieldEntry } from "../../record.ts";
import { textAt } from "../text-of.ts";

const NEWLINE = 10;
const EQUALS = 61;
const FIRST = new TextEncoder().encode("__CURSOR=");

/** Whether a body is journal export format: every entry begins with its cursor. */
export const isJournalExport = (body: Uint8Array): boolean => FIRST.every((byte, at) => body[at] === byte);

/** Fields of one entry; journald itself stops at 1,024. */
const MAX_FIELDS = 1_024;

/**
 * The entries of journal export format, `limit` + 1 of them at most. A body that breaks off in the middle keeps what came whole.
 *
 * Source: https://systemd.io/JOURNAL_EXPORT_FORMATS
 */
export function journalEntries(body: Uint8Array, limit: number): FieldEntry[] {
  const entries: FieldEntry[] = [];
  let fields: Record<string, unknown> = {};
  let count = 0;
  let at = 0;
  while (at < body.length && entries.length <= limit) {
    const lineEnd = endOfLine(body, at);
    if (lineEnd === at) {
      if (count > 0) entries.push(entryOf(fields));
      fields = {};
      count = 0;
      at++;
      continue;
    }
    const field = fieldAt(body, at, lineEnd);
    if (field === undefined) break;
    if (++count <= MAX_FIELDS && !ADDRESSES.has(field.name)) putField(fields, field.name, field.value);
    at = field.next;
  }
  if (count > 0) entries.push(entryOf(fields));
  return entries;
}

interface Field {
  name: string;
  value: string;
  next: number;
}

function fieldAt(body: Uint8Array, at: number, lineEnd: number): Field | undefined {
  const equals = body.indexOf(EQUALS, at);
  if (equals >= 0 && equals < lineEnd) {
    return { name: textAt(body, at, equals), value: textAt(body, equals + 1, lineEnd), next: lineEnd + 1 };
  }
  const length = lengthAt(body, lineEnd + 1);
  if (length === undefined) return undefined;
  const start = lineEnd + 9;
  return { name: textAt(body, at, lineEnd), value: textAt(body, start, start + length), next: start + length + 1 };
}

function endOfLine(body: Uint8Array, from: number): number {
  const end = body.indexOf(NEWLINE, from);
  return end < 0 ? body.length : end;
}

/** The length of a value with newlines in it: 64 bits, little-endian. undefined where the body ends before it does. */
function lengthAt(body: Uint8Array, at: number): number | undefined {
  let length = 0;
  for (let i = 7; i >= 0; i--) {
    const byte = body[at + i];
    if (byte === undefined) return undefined;
    length = length * 256 + byte;
  }
  return at + 8 + length <= body.length ? length : undefined;
}

/** A field may come more than once, and then is a list. */
function putField(fields: Record<string, unknown>, name: string, value: string): void {
  const before = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (before === undefined) setAttr(fields, name, value);
  else if (Array.isArray(before)) before.push(value);
  else setAttr(fields, name, [before, value]);
}

/** What every entry has and nobody looks for: positions inside the journal that it came from. */
const ADDRESSES: ReadonlySet<string> = new Set([
  "__CURSOR",
  "__MONOTONIC_TIMESTAMP",
  "__SEQNUM",
  "__SEQNUM_ID",
  "_BOOT_ID",
  "_MACHINE_ID",
  "_SOURCE_MONOTONIC_TIMESTAMP",
]);

function entryOf(fields: Record<string, unknown>): FieldEntry {
  const { __REALTIME_TIMESTAMP: micros, MESSAGE: message, ...rest } = fields;
  const entry: FieldEntry = { fields: rest };
  if (typeof micros === "string" && /^\d{1,19}$/.test(micros)) entry.timeNs = BigInt(micros) * 1_000n;
  if (typeof message === "string") entry.text = message;
  else if (message !== undefined) rest.MESSAGE = message;
  return entry;
}
