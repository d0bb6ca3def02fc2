import type { Filter } from "../query/filter.ts";
import { parseFilter } from "../query/parse-filter.ts";
import { predicateOf } from "../query/predicate-of.ts";
import { type PlacedRecord, recordJson } from "../record-json.ts";
import type { GapFrame } from "./frames.ts";

/** Of matching records a watcher gets at most this many a frame (200 a second); the rest is a numbered gap. */
export const TAIL_PER_FRAME = 20;
/** All watchers of a service together get at most this many a frame: some 40 MB a second, past which frames would queue. */
const TAIL_FOR_ALL = 6_000;

/** How many records each of so many watchers gets a frame. */
export const tailPerFrame = (watchers: number): number =>
  Math.max(1, Math.min(TAIL_PER_FRAME, Math.floor(TAIL_FOR_ALL / watchers)));

/** Filters that are remembered as read; more at once are read again. */
const MAX_FILTERS = 2_000;
const filters = new Map<string, Filter | undefined>();

/** The filter of a text; undefined for one that cannot be read, which nothing passes. */
function filterOf(q: string): Filter | undefined {
  if (!filters.has(q)) {
    if (filters.size >= MAX_FILTERS) filters.clear();
    const parsed = parseFilter(q);
    filters.set(q, parsed.ok ? parsed.value : undefined);
  }
  return filters.get(q);
}

/** Frames as text, and the newest record that they show. */
export interface TailFrames {
  texts: readonly string[];
  newest: PlacedRecord | undefined;
}

/**
 * The records of one moment as watchers get them. However many watch: each filter is evaluated once, each record is
 * written as JSON once, and each distinct text is made once.
 */
export class Tail {
  readonly #service: string;
  readonly #records: readonly PlacedRecord[];
  readonly #perFrame: number;
  readonly #texts: (string | undefined)[];
  readonly #byFilter = new Map<string, TailFrames>();

  /** @param records in order of seq within each shard */
  constructor(service: string, records: readonly PlacedRecord[], perFrame = TAIL_PER_FRAME) {
    this.#service = service;
    this.#records = records;
    this.#perFrame = perFrame;
    this.#texts = new Array(records.length);
  }

  /** The frames for a filter: what was left out by number, then the newest records that match. */
  framesFor(q: string, nowMs: number): TailFrames {
    const known = this.#byFilter.get(q);
    if (known) return known;
    const frames = this.#make(q, nowMs);
    this.#byFilter.set(q, frames);
    return frames;
  }

  #make(q: string, nowMs: number): TailFrames {
    const filter = filterOf(q);
    if (!filter) return { texts: [], newest: undefined };
    const matches = predicateOf(filter, nowMs);
    const matching: number[] = [];
    this.#records.forEach(({ record }, at) => {
      if (matches(record, this.#service)) matching.push(at);
    });
    const cut = Math.max(0, matching.length - this.#perFrame);
    const gaps = gapsOf(
      this.#service,
      matching.slice(0, cut).map((at) => this.#records[at]!),
    );
    const shown = matching.slice(cut);
    const texts = gaps.map((gap) => JSON.stringify(gap));
    if (shown.length > 0) {
      const records = shown.map((at) => this.#text(at)).join(",");
      texts.push(`{"type":"tail","service":${JSON.stringify(this.#service)},"records":[${records}]}`);
    }
    return { texts, newest: shown.length > 0 ? this.#records[shown.at(-1)!] : undefined };
  }

  #text(at: number): string {
    this.#texts[at] ??= JSON.stringify(recordJson(this.#records[at]!, "memory"));
    return this.#texts[at];
  }
}

/** One gap a shard: seqs are a shard's own. */
function gapsOf(service: string, left: readonly PlacedRecord[]): GapFrame[] {
  const gaps = new Map<number, GapFrame>();
  for (const { shard, seq } of left) {
    const gap = gaps.get(shard);
    if (gap) {
      gap.last = seq;
      gap.count++;
    } else gaps.set(shard, { type: "gap", service, shard, first: seq, last: seq, count: 1, reason: "rate" });
  }
  return [...gaps.values()];
}
