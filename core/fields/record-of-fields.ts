import { exportedRecord } from "../export/exported-record.ts";
import type { ParseContext } from "../parse/parser.ts";
import { type FieldEntry, LogRecord } from "../record.ts";
import { type Budget, bounded, MAX_ATTRS, MAX_DEPTH, setAttr } from "./bounded.ts";
import type { KnownField } from "./known-names.ts";
import { FIELD_INDEX, type Meaning, type NameTable } from "./name-table.ts";
import { type Plan, planOf } from "./plan-of.ts";
import { putField } from "./put-field.ts";
import { putEnvelopeTime, timeOf } from "./put-time.ts";

/** Of a field that the envelope filled: nothing takes its place. */
const FIRM = -1;

/**
 * The record of fields under a sender's own names.
 *
 * Every known spelling fills its field of the record, the preferred one where there are several; whatever fills none stays
 * in `attrs`, nested and typed as given. `null` and "" under a known name are absence. A line of Weir's own export is the record
 * that it was. Never throws.
 */
export function recordOfFields(entry: FieldEntry, context: ParseContext): LogRecord {
  const { fields } = entry;
  const plan = planOf(Object.keys(fields));
  const exported = plan.mayBeExport ? exportedRecord(fields) : undefined;
  return exported ?? new Reading(fields, entry, context).read(plan, Object.values(fields));
}

/**
 * The same of names and values that never were an object.
 *
 * @param plan of names none of which comes twice, nor is that of the export's version
 */
export function recordOfValues(plan: Plan, values: readonly unknown[], line: string, context: ParseContext): LogRecord {
  return new Reading(undefined, { line }, context).read(plan, values);
}

class Reading {
  readonly record = new LogRecord();
  readonly #context: ParseContext;
  #fields: Record<string, unknown> | undefined;
  #plan!: Plan;
  #values!: readonly unknown[];
  /** A bit for each field that has a value, by its index. */
  #filled = 0;
  #attrsLeft = MAX_ATTRS;
  #isCut = false;
  /** Rank and name of what filled a field: only where two names stand for one. */
  #ranks: number[] | undefined;
  #holders: string[] | undefined;

  constructor(
    fields: Record<string, unknown> | undefined,
    entry: Pick<FieldEntry, "line" | "timeNs" | "timeMs">,
    context: ParseContext,
  ) {
    this.#fields = fields;
    this.#context = context;
    const { record } = this;
    record.parser = entry.line === undefined ? "fields" : "json";
    record.raw = entry.line;
    if (putEnvelopeTime(record, entry)) {
      this.#filled = 1 << FIELD_INDEX.time;
      this.#ranks = [];
      this.#ranks[FIELD_INDEX.time] = FIRM;
    }
  }

  read(plan: Plan, values: readonly unknown[]): LogRecord {
    const { record } = this;
    this.#plan = plan;
    this.#values = values;
    if (!plan.isSimple) this.#ranks ??= [];
    this.#readTop();
    if (record.app === undefined) this.#putAppOfPino();
    if (record.message === undefined) this.#putMessageOfError();
    if ((this.#filled & (1 << FIELD_INDEX.time)) === 0) {
      record.tsMs = this.#context.nowMs;
      record.flags = ["no_time"];
    }
    if (this.#isCut) this.#markCut();
    return record;
  }

  #readTop(): void {
    const { names, meanings } = this.#plan;
    const values = this.#values;
    let hasObjects = false;
    for (let i = 0; i < names.length; i++) {
      const value = values[i];
      const meaning = meanings[i];
      if (meaning === undefined) this.#keep(names[i]!, value);
      else if (meaning.inside !== undefined && typeof value === "object" && value !== null) hasObjects = true;
      else if (meaning.field === undefined) this.#keep(names[i]!, value);
      else if (this.#ranks !== undefined) this.#fill(names[i]!, value, meaning);
      else if (isAbsent(value, meaning.field)) continue;
      else if (this.#put(value, meaning, names[i]!)) this.#filled |= 1 << meaning.index;
      else this.#keep(names[i]!, value);
    }
    // After the flat names, so that these are preferred.
    if (!hasObjects) return;
    for (let i = 0; i < names.length; i++) {
      const value = values[i];
      const inside = meanings[i]?.inside;
      if (inside === undefined || typeof value !== "object" || value === null) continue;
      const rest = this.#restOf(value, inside, 2);
      if (rest !== undefined) this.#keep(names[i]!, rest);
    }
  }

  #fill(key: string, value: unknown, meaning: Meaning): void {
    if (isAbsent(value, meaning.field!)) return;
    const ranks = this.#ranks!;
    this.#holders ??= [];
    const isFilled = (this.#filled & (1 << meaning.index)) !== 0;
    const rank = isFilled ? ranks[meaning.index]! : Number.POSITIVE_INFINITY;
    const holder = isFilled ? this.#holders[meaning.index] : undefined;
    if (isFilled && (rank === FIRM ? this.#saysTheSame(value, meaning) : this.#valueOf(holder!) === value)) return;
    if (meaning.rank >= rank || !this.#put(value, meaning, key)) {
      this.#keep(key, value);
      return;
    }
    if (holder !== undefined) this.#keep(holder, this.#valueOf(holder));
    this.#filled |= 1 << meaning.index;
    ranks[meaning.index] = meaning.rank;
    this.#holders[meaning.index] = key;
  }

  #valueOf(name: string): unknown {
    return this.#values[this.#plan.names.indexOf(name)];
  }

  /** What is left of an object once its known names have filled fields; undefined where nothing is. */
  #restOf(object: object, table: NameTable, depth: number): unknown {
    if (Array.isArray(object)) return object;
    let rest: Record<string, unknown> | undefined;
    for (const key of Object.keys(object)) {
      const given = (object as Record<string, unknown>)[key];
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
          rest ??= {};
          setAttr(rest, worse, (object as Record<string, unknown>)[worse]);
          continue;
        }
      }
      if (left === undefined) continue;
      rest ??= {};
      setAttr(rest, key, left);
    }
    return rest;
  }

  #fillInside(value: unknown, meaning: Meaning): boolean {
    if (isAbsent(value, meaning.field!) || this.record[meaning.field as keyof LogRecord] === value) return true;
    const bit = 1 << meaning.index;
    if ((this.#filled & bit) !== 0 || !this.#put(value, meaning, "")) return false;
    this.#filled |= bit;
    return true;
  }

  #put(value: unknown, meaning: Meaning, key: string): boolean {
    const unitMs =
      meaning.unitMs ?? (meaning.field === "durationMs" ? unitOfProduct(key, this.#plan.names) : undefined);
    return putField(this.record, meaning, value, unitMs, this.#context);
  }

  /** Whether a name says again what the envelope has said, so that it need not be kept. */
  #saysTheSame(value: unknown, meaning: Meaning): boolean {
    if (meaning.field !== "time") return this.record[meaning.field as keyof LogRecord] === value;
    return timeOf(value, this.#context)?.tsMs === this.record.tsMs;
  }

  #keep(key: string, value: unknown): void {
    if (--this.#attrsLeft < 0) {
      this.#isCut = true;
      return;
    }
    const kept = typeof value === "object" && value !== null ? this.#bounded(value) : value;
    if (kept === undefined) return;
    this.record.attrs ??= {};
    setAttr(this.record.attrs, key, kept);
  }

  #bounded(value: object): unknown {
    const budget: Budget = { attrs: this.#attrsLeft, cut: false };
    const kept = bounded(value, budget);
    this.#attrsLeft = budget.attrs;
    this.#isCut ||= budget.cut;
    return kept;
  }

  /** pino and bunyan call the program `name`; elsewhere that may be anyone's. */
  #putAppOfPino(): void {
    const { record } = this;
    if (record.pid === undefined || record.host === undefined) return;
    if (record.attrs === undefined || typeof record.attrs.name !== "string") return;
    const { name, ...attrs } = record.attrs;
    record.app = name as string;
    record.attrs = Object.keys(attrs).length === 0 ? undefined : attrs;
  }

  /** A record whose only text is that of its error shows that one; the error itself stays as given. */
  #putMessageOfError(): void {
    const { record } = this;
    if (record.attrs === undefined) return;
    const { err, error, exception } = record.attrs;
    const text = messageOf(err) ?? messageOf(error) ?? messageOf(exception);
    if (text !== undefined) record.message = text;
  }

  #markCut(): void {
    const { record } = this;
    record.flags = [...(record.flags ?? []), "cut"];
    record.raw ??= this.#fields && textOf(this.#fields);
  }
}

/** The name before `key` in an object that has filled the same field and is less preferred: Caddy's `remote_ip` before its `client_ip`. */
function lessPreferred(
  object: object,
  rest: object | undefined,
  table: NameTable,
  key: string,
  { index, rank }: Meaning,
): string | undefined {
  for (const before of Object.keys(object)) {
    if (before === key) return undefined;
    const meaning = table.meaningOf(before);
    if (meaning?.index === index && meaning.rank > rank && !(rest && Object.hasOwn(rest, before))) return before;
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
function unitOfProduct(key: string, names: readonly string[]): number | undefined {
  if (key === "duration" && names.includes("resp_headers")) return 1_000;
  if (key === "Duration" && names.includes("DownstreamStatus")) return 1e-6;
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
