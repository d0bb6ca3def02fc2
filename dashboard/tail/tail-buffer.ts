import { type Signal, signal } from "@preact/signals";
import type { GapFrame } from "../../core/live/frames.ts";
import type { RecordJson } from "../../core/record-json.ts";
import { beforePaint } from "../live/before-paint.ts";
import { errorsOf } from "../live/tally.ts";

/** One line of a tail: a record, lines that the server left out, or lines that came while the tail was held. */
export type TailRow =
  | { kind: "record"; key: string; record: RecordJson }
  | { kind: "gap"; key: string; gap: GapFrame }
  | { kind: "passed"; key: string; count: number };

/** A page stays quick, and its memory flat, however long it is open. */
export const MAX_ROWS = 500;
/** The tail is drawn at most so often: several services may each speak ten times a second. */
const SHOW_EVERY_MS = 100;
/** Frames come every 16 ms or so: what is due before the next one is drawn with this one. */
const HALF_FRAME_MS = 8;

/**
 * The last lines of a tail. While it is held nothing of it moves: what arrives waits, and how much that is is known.
 */
export class TailBuffer {
  /** Grows whenever `rows` or `waiting` changed. */
  readonly version: Signal<number> = signal(0);
  readonly isHeld: Signal<boolean> = signal(false);
  rows: TailRow[] = [];
  /** How many lines went before the first of `rows`: with it each line has a number that goes on by one. */
  passed = 0;
  /** Records that arrived while held. */
  waitingCount = 0;
  /** Matching records that the server left out, since the tail began. */
  leftOut = 0;
  /** Records and errors among them since the tail began: what is said aloud now and then. */
  arrived = 0;
  errors = 0;
  #waiting: TailRow[] = [];
  readonly #keys = new Set<string>();
  #seeded = new Set<string>();
  #shownMs = 0;
  /** Whether a drawing of what changed is on its way. */
  #isDue = false;
  #afterPaint: (() => void)[] = [];

  onRecords(records: readonly RecordJson[]): void {
    const fresh = records.map(rowOf).filter(({ key }) => !this.#keys.has(key));
    for (const { record } of fresh) {
      this.#keys.add(keyOf(record));
      this.arrived++;
      if (record.level) this.errors += errorsOf({ levels: { [record.level]: 1 } });
    }
    if (this.isHeld.peek()) this.waitingCount += fresh.length;
    this.#append(fresh);
  }

  onGap(gap: GapFrame): void {
    this.leftOut += gap.count;
    this.#append([{ kind: "gap", key: `gap ${gap.service}/${gap.shard}/${gap.first}`, gap }]);
  }

  /** Calls back once what is there now is painted; not while the tail is held. */
  afterPaint(work: () => void): void {
    if (this.isHeld.peek()) return;
    // What is already drawn waits for its paint, the rest for its drawing.
    if (!this.#isDue) painted([work]);
    else this.#afterPaint.push(work);
  }

  /** Puts records of before the tail began ahead of it, oldest first, in place of those of an earlier seed. */
  seed(records: readonly RecordJson[]): void {
    const before = this.#seeded;
    for (const key of before) this.#keys.delete(key);
    const arrived = this.rows.filter(({ key }) => !before.has(key));
    const earlier = records.map(rowOf).filter(({ key }) => !this.#keys.has(key));
    this.#seeded = new Set(earlier.map(({ key }) => key));
    for (const key of this.#seeded) this.#keys.add(key);
    this.rows = this.#cut([...earlier, ...arrived]);
    this.#changed();
  }

  hold(): void {
    this.isHeld.value = true;
  }

  release(): void {
    if (!this.isHeld.peek()) return;
    this.isHeld.value = false;
    // One place less, so that the note of what passed is not itself cut off.
    const kept = this.#waiting.slice(1 - MAX_ROWS);
    const passed = this.waitingCount - kept.filter(({ kind }) => kind === "record").length;
    const note: TailRow[] = passed > 0 ? [{ kind: "passed", key: `passed ${this.arrived}`, count: passed }] : [];
    const rows = [...note, ...kept];
    this.#waiting = [];
    this.waitingCount = 0;
    this.#append(rows);
  }

  clear(): void {
    this.rows = [];
    this.#waiting = [];
    this.#keys.clear();
    this.#seeded.clear();
    this.waitingCount = 0;
    this.leftOut = 0;
    this.#changed();
  }

  #append(rows: readonly TailRow[]): void {
    if (this.isHeld.peek()) this.#waiting = this.#cut([...this.#waiting, ...rows]);
    else {
      const all = [...this.rows, ...rows];
      this.rows = this.#cut(all);
      this.passed += all.length - this.rows.length;
    }
    this.#changed();
  }

  #changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const waitMs = this.#shownMs + SHOW_EVERY_MS - performance.now();
    if (waitMs < HALF_FRAME_MS) beforePaint(this.#show);
    else setTimeout(() => beforePaint(this.#show), waitMs);
  }

  readonly #show = (): void => {
    this.#isDue = false;
    this.#shownMs = performance.now();
    this.version.value++;
    if (this.#afterPaint.length === 0) return;
    painted(this.#afterPaint);
    this.#afterPaint = [];
  };

  #cut(rows: TailRow[]): TailRow[] {
    for (const { key } of rows.slice(0, -MAX_ROWS)) this.#keys.delete(key);
    return rows.slice(-MAX_ROWS);
  }
}

/** A frame's callbacks run before its paint; a task queued there runs after it. */
const painted = (works: readonly (() => void)[]): void => {
  requestAnimationFrame(() =>
    setTimeout(() => {
      for (const work of works) work();
    }),
  );
};

const keyOf = ({ service, shard, seq }: RecordJson): string => `${service}/${shard}/${seq}`;

const rowOf = (record: RecordJson) => ({ kind: "record" as const, key: keyOf(record), record });
