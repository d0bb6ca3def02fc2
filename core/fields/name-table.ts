import type { LevelScale } from "../parse/level.ts";
import {
  DURATIONS,
  DURATIONS_OF,
  KNOWN_NAMES,
  type KnownField,
  LEVEL_SCALES,
  NOT_FLAT,
  TRANSPARENT,
} from "./known-names.ts";

/** What a sender's name may mean: a field of the record, an object to look into, or both (`user: "bob"`, `user: {name: "bob"}`). */
export interface Meaning {
  field: KnownField | undefined;
  /** Position of the field in FIELD_INDEX. */
  index: number;
  /** Smaller is preferred where a record has two names for one field. */
  rank: number;
  /** Milliseconds in one unit of a time span; undefined where the name says nothing of it. */
  unitMs: number | undefined;
  /** What the numbers of a level count in; undefined where their size tells. */
  scale: LevelScale | undefined;
  inside: NameTable | undefined;
}

export const FIELD_INDEX = Object.fromEntries(Object.keys(KNOWN_NAMES).map((field, index) => [field, index])) as Record<
  KnownField,
  number
>;

/** Names a hostile sender invents must not grow the table for ever. */
const MAX_REMEMBERED = 8_192;
const MAX_NAME = 64;
const IGNORED = /[_@ -]/g;

const canonical = (name: string): string => name.replace(IGNORED, "").toLowerCase();

/**
 * Finds the meaning of a name in one look-up: every spelling that was met is remembered, the meaningless ones too.
 */
export class NameTable {
  readonly #known = new Map<string, Meaning>();
  #met = new Map<string, Meaning | undefined>();

  meaningOf(name: string): Meaning | undefined {
    const meaning = this.#met.get(name);
    if (meaning !== undefined) return meaning;
    return this.#met.has(name) ? undefined : this.#meet(name);
  }

  #meet(name: string): Meaning | undefined {
    if (name.length > MAX_NAME) return undefined;
    const meaning = this.#known.get(`=${name}`) ?? this.#known.get(canonical(name));
    if (this.#met.size >= MAX_REMEMBERED) this.#met = new Map();
    this.#met.set(name, meaning);
    return meaning;
  }

  add(name: string, field: KnownField, rank: number, unitMs?: number): void {
    const flat = name.startsWith("=") ? name : name.replaceAll(".", "");
    this.#put(flat, field, rank, unitMs);
    if (flat === name) return;
    this.#put(name, field, rank, unitMs);
    const dot = name.indexOf(".");
    this.#inside(name.slice(0, dot)).add(name.slice(dot + 1), field, rank, unitMs);
  }

  forget(name: string): void {
    this.#known.delete(name);
  }

  countIn(name: string, scale: LevelScale): void {
    this.#meaning(name).scale = scale;
  }

  lookInto(name: string, inside: NameTable): void {
    this.#meaning(name).inside = inside;
  }

  #put(name: string, field: KnownField, rank: number, unitMs: number | undefined): void {
    const meaning = this.#meaning(name);
    if (meaning.field === undefined) Object.assign(meaning, { field, index: FIELD_INDEX[field], rank, unitMs });
  }

  #inside(name: string): NameTable {
    const meaning = this.#meaning(name);
    meaning.inside ??= new NameTable();
    return meaning.inside;
  }

  #meaning(name: string): Meaning {
    const existing = this.#known.get(name);
    if (existing) return existing;
    const meaning: Meaning = {
      field: undefined,
      index: -1,
      rank: 0,
      unitMs: undefined,
      scale: undefined,
      inside: undefined,
    };
    this.#known.set(name, meaning);
    return meaning;
  }
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

const UNIT_MS = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 };
const UNIT_NAMES: Record<keyof typeof UNIT_MS, string> = {
  ms: "ms millis milliseconds msec",
  s: "s sec secs seconds",
  us: "us micros microseconds usec",
  ns: "ns nanos nanoseconds nsec",
};

function tableOfNames(): NameTable {
  const top = new NameTable();
  for (const [field, names] of Object.entries(KNOWN_NAMES)) {
    words(names).forEach((name, rank) => {
      top.add(name, field as KnownField, rank);
    });
  }
  for (const [name, unit] of Object.entries(DURATIONS_OF)) top.add(name, "durationMs", 50, UNIT_MS[unit]);
  words(DURATIONS).forEach((name, rank) => {
    for (const [unit, endings] of Object.entries(UNIT_NAMES)) {
      for (const ending of words(endings)) {
        top.add(`${name}${ending}`, "durationMs", rank, UNIT_MS[unit as keyof typeof UNIT_MS]);
      }
    }
    top.add(name, "durationMs", 100 + rank);
  });
  for (const [name, scale] of Object.entries(LEVEL_SCALES)) top.countIn(name, scale);
  for (const name of words(NOT_FLAT)) top.forget(name);
  for (const name of words(TRANSPARENT)) top.lookInto(name, top);
  return top;
}

/** The names as they may stand at the top of a record. */
export const NAMES: NameTable = tableOfNames();
