import { exportedRecord } from "../export/exported-record.ts";
import type { ParseContext } from "../parse/parser.ts";
import { type FieldEntry, LogRecord } from "../record.ts";
import { type Budget, bounded, MAX_ATTRS, MAX_DEPTH, setAttr } from "./bounded.ts";
import type { KnownField } from "./known-names.ts";
import { FIELD_INDEX, type Meaning, NAMES, type NameTable } from "./name-table.ts";
import { putField } from "./put-field.ts";
import { putEnvelopeTime, timeOf } from "./put-time.ts";

/** No name has filled the field yet. */
const UNSET = 255;
/** An envelope or a name inside an object filled it: nothing takes its place. */
const FIRM = -1;

/**
 * The record of fields under a sender's own names.
 *
 * Every known spelling fills its field of the record, the preferred one where there are several; whatever fills none stays
 * in `attrs`, nested and typed as given. `null` and "" under a known name are absence. A line of Weir's own export is the record
 * that it was. Never throws.
 */
export function recordOfFields(entry: FieldEntry, context: ParseContext): LogRecord {
  return exportedRecord(entry.fields) ?? new Reading(entry, context).record;
}

class Reading {
  readonly record = new LogRecord();
  readonly #fields: Record<string, unknown>;
  readonly #context: ParseContext;
  readonly #ranks: number[] = UNSET_RANKS.slice();
  readonly #holders: string[] = [];
  readonly #budget: Budget = { attrs: MAX_ATTRS, cut: false };

  constructor(entry: FieldEntry, context: ParseContext) {
    this.#fields = entry.fields;
    this.#context = context;
    const { record } = this;
    record.parser = entry.line === undefined ? "fields" : "json";
    record.raw = entry.line;
    if (putEnvelopeTime(record, entry)) this.#ranks[FIELD_INDEX.time] = FIRM;
    this.#readTop();
    this.#putAppOfPino();
    this.#putMessageOfError();
    if (this.#ranks[FIELD_INDEX.time] === UNSET) {
      record.tsMs = context.nowMs;
      record.flags = ["no_time"];
    }
    if (this.#budget.cut) this.#markCut();
  }

  #readTop(): void {
    const fields = this.#fields;
    let objects: string[] | undefined;
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      const meaning = NAMES.meaningOf(key);
      if (meaning === undefined) this.#keep(key, value);
      else if (meaning.inside !== undefined && typeof value === "object" && value !== null) {
        objects ??= [];
        objects.push(key);
      } else if (meaning.field !== undefined) this.#fill(key, value, meaning);
      else this.#keep(key, value);
    }
    // After the flat names, so that these are preferred.
    if (objects === undefined) return;
    for (const key of objects) {
      const rest = this.#restOf(fields[key] as object, NAMES.meaningOf(key)!.inside!, 2);
      if (rest !== undefined) this.#keep(key, rest);
    }
  }

  #fill(key: string, value: unknown, meaning: Meaning): void {
    if (isAbsent(value, meaning.field!)) return;
    const rank = this.#ranks[meaning.index]!;
    const holder = this.#holders[meaning.index];
    if (rank !== UNSET && (rank === FIRM ? this.#saysTheSame(value, meaning) : this.#fields[holder!] === value)) return;
    if (meaning.rank >= rank || !this.#put(value, meaning, key)) {
      this.#keep(key, value);
      return;
    }
    if (holder !== undefined) this.#keep(holder, this.#fields[holder]);
    this.#ranks[meaning.index] = meaning.rank;
    this.#holders[meaning.index] = key;
  }

  /** What is left of an object once its known names have filled fields; undefined where nothing is. */
  #restOf(object: object, table: NameTable, depth: number): unknown {
    if (Array.isArray(object)) return object;
    const rest: Record<string, unknown> = {};
    let isEmpty = true;
    for (const [key, given] of Object.entries(object)) {
      const meaning = table.meaningOf(key);
      // Go servers log every header as a list.
      const value = Array.isArray(given) && given.length === 1 ? given[0] : given;
      let left: unknown = given;
      if (meaning?.inside !== undefined && typeof value === "object" && value !== null && depth < MAX_DEPTH) {
        left = this.#restOf(value, meaning.inside, depth + 1);
      } else if (meaning?.field !== undefined && this.#fillInside(value, meaning)) left = undefined;
      else if (meaning?.field !== undefined) {
        const worse = lessPreferred(object, rest, table, key, meaning);
        if (worse !== undefined && this.#put(value, meaning, key)) {
          setAttr(rest, worse, (object as Record<string, unknown>)[worse]);
          isEmpty = false;
          continue;
        }
      }
      if (left === undefined) continue;
      setAttr(rest, key, left);
      isEmpty = false;
    }
    return isEmpty ? undefined : rest;
  }

  #fillInside(value: unknown, meaning: Meaning): boolean {
    if (isAbsent(value, meaning.field!) || this.record[meaning.field as keyof LogRecord] === value) return true;
    if (this.#ranks[meaning.index] !== UNSET || !this.#put(value, meaning, "")) return false;
    this.#ranks[meaning.index] = FIRM;
    return true;
  }

  #put(value: unknown, meaning: Meaning, key: string): boolean {
    const unitMs = meaning.unitMs ?? (meaning.field === "durationMs" ? unitOfProduct(key, this.#fields) : undefined);
    return putField(this.record, meaning, value, unitMs, this.#context);
  }

  /** Whether a name says again what the envelope has said, so that it need not be kept. */
  #saysTheSame(value: unknown, meaning: Meaning): boolean {
    if (meaning.field !== "time") return this.record[meaning.field as keyof LogRecord] === value;
    return timeOf(value, this.#context)?.tsMs === this.record.tsMs;
  }

  #keep(key: string, value: unknown): void {
    if (--this.#budget.attrs < 0) {
      this.#budget.cut = true;
      return;
    }
    const kept = bounded(value, this.#budget);
    if (kept === undefined) return;
    this.record.attrs ??= {};
    setAttr(this.record.attrs, key, kept);
  }

  /** pino and bunyan call the program `name`; elsewhere that may be anyone's. */
  #putAppOfPino(): void {
    const { record } = this;
    if (record.app !== undefined || record.attrs === undefined || typeof record.attrs.name !== "string") return;
    if (record.pid === undefined || record.host === undefined) return;
    const { name, ...attrs } = record.attrs;
    record.app = name as string;
    record.attrs = Object.keys(attrs).length === 0 ? undefined : attrs;
  }

  /** A record whose only text is that of its error shows that one; the error itself stays as given. */
  #putMessageOfError(): void {
    const { record } = this;
    if (record.message !== undefined || record.attrs === undefined) return;
    const { err, error, exception } = record.attrs;
    const text = messageOf(err) ?? messageOf(error) ?? messageOf(exception);
    if (text !== undefined) record.message = text;
  }

  #markCut(): void {
    const { record } = this;
    record.flags = [...(record.flags ?? []), "cut"];
    record.raw ??= textOf(this.#fields);
  }
}

const UNSET_RANKS: readonly number[] = Object.keys(FIELD_INDEX).map(() => UNSET);

/** The name before `key` in an object that has filled the same field and is less preferred: Caddy's `remote_ip` before its `client_ip`. */
function lessPreferred(
  object: object,
  rest: object,
  table: NameTable,
  key: string,
  { index, rank }: Meaning,
): string | undefined {
  for (const before of Object.keys(object)) {
    if (before === key) return undefined;
    const meaning = table.meaningOf(before);
    if (meaning?.index === index && meaning.rank > rank && !Object.hasOwn(rest, before)) return before;
  }
  return undefined;
}

/** `-` is how access logs write absence; as a message it is a message. */
const isAbsent = (value: unknown, field: KnownField): boolean =>
  value === null || value === "" || (value === "-" && field !== "message");

function messageOf(error: unknown): string | undefined {
  if (typeof error === "string" && error !== "") return error;
  if (typeof error !== "object" || error === null || !("message" in error)) return undefined;
  return typeof error.message === "string" ? error.message : undefined;
}

/** Two proxies write a bare `duration` in a unit of their own: Caddy in seconds, Traefik in nanoseconds. */
function unitOfProduct(key: string, fields: Record<string, unknown>): number | undefined {
  if (key === "duration" && Object.hasOwn(fields, "resp_headers")) return 1_000;
  if (key === "Duration" && Object.hasOwn(fields, "DownstreamStatus")) return 1e-6;
  return undefined;
}

/** 64 KB, the longest line that is kept. */
const MAX_RAW = 65_536;

/** What was cut stays readable in the raw text, as far as a line may reach. */
function textOf(fields: Record<string, unknown>): string | undefined {
  try {
    return JSON.stringify(fields).slice(0, MAX_RAW);
  } catch {
    // Nested deeper than the engine can write.
    return undefined;
  }
}
