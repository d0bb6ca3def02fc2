import { LEVELS } from "../record.ts";
import { countsOf, countsText, isAmount } from "./counts-text.ts";
import { COUNTED, type Counted } from "./dimensions.ts";
import { distinctOf, distinctText } from "./distinct-text.ts";
import { bucketsOf, bucketsText } from "./durations-text.ts";
import type { Tally } from "./heavy-hitters.ts";
import { hittersOf, hittersText } from "./hitters-text.ts";
import { OTHER_STATUS, type Summary } from "./summary.ts";

/** Of the stored form; changes whenever an older reader could not read a text any more. */
export const VERSION = 1;

export type SectionName = "levels" | "statuses" | "bytes" | "durations" | "ips" | "users" | Counted;

/** One line of the stored form. */
export interface Section {
  name: SectionName;
  /** A section after this one that cannot be read without it. */
  neededBy?: SectionName;
  /** undefined: there is nothing to tell. The text has no line break. */
  write(summary: Summary): string | undefined;
  /** Puts what `write` gave into the summary; false when the text is none of its. */
  read(summary: Summary, text: string): boolean;
}

const levels: Section = {
  name: "levels",
  write: (summary) => (summary.count > 0 ? countsText(summary.levels) : undefined),
  read(summary, text) {
    const counts = countsOf(text, LEVELS.length + 1);
    if (counts?.length !== LEVELS.length + 1) return false;
    summary.levels = counts;
    return true;
  },
};

/** Status and count by turns, ascending. */
const statuses: Section = {
  name: "statuses",
  write: ({ statuses }) => (statuses.size > 0 ? countsText([...statuses].sort(([a], [b]) => a - b).flat()) : undefined),
  read(summary, text) {
    const pairs = countsOf(text, 1_002) ?? [0];
    for (let i = 0; i < pairs.length; i += 2) {
      const status = pairs[i]!;
      if (status !== OTHER_STATUS && (status < 100 || status > 599)) return false;
      summary.statuses.set(status, pairs[i + 1]!);
    }
    return summary.statuses.size * 2 === pairs.length;
  },
};

const bytes: Section = {
  name: "bytes",
  write: (summary) => (summary.bytes > 0 ? `${summary.bytes}` : undefined),
  read(summary, text) {
    summary.bytes = Number(text);
    return isAmount(summary.bytes);
  },
};

/** Sum in microseconds, highest in milliseconds, buckets. */
const durations: Section = {
  name: "durations",
  write: ({ durations }) =>
    durations.count > 0 ? `${durations.sumUs} ${durations.maxMs} ${bucketsText(durations)}` : undefined,
  read(summary, text) {
    const [sumUs, maxMs, buckets = ""] = text.split(" ");
    const sketch = bucketsOf(buckets);
    if (sketch === undefined) return false;
    sketch.sumUs = Number(sumUs);
    sketch.maxMs = Number(maxMs);
    summary.durations = sketch;
    return isAmount(sketch.sumUs) && isAmount(sketch.maxMs);
  },
};

const distinct = (name: "ips" | "users"): Section => ({
  name,
  write: (summary) => (summary[name].isEmpty() ? undefined : distinctText(summary[name])),
  read(summary, text) {
    const sketch = distinctOf(text);
    if (sketch !== undefined) summary[name] = sketch;
    return sketch !== undefined;
  },
});

const values = (name: Counted, index: number): Section => ({
  name,
  // Most templates are the path itself, and told by it.
  ...(name === "path" ? { neededBy: "pathTemplate" } : {}),
  write(summary) {
    const hitters = summary.values[index];
    return hitters === undefined || hitters.total === 0 ? undefined : hittersText(hitters, knownValues(summary, name));
  },
  read(summary, text) {
    const hitters = hittersOf(text, knownValues(summary, name));
    summary.values[index] = hitters;
    return hitters !== undefined;
  },
});

/** Values that the text of a dimension need not repeat, because that of another one tells them. */
export const knownValues = (summary: Summary, name: Counted): readonly Tally[] =>
  name === "pathTemplate" ? (summary.values[COUNTED.indexOf("path")]?.byText() ?? []) : [];

/** In the order in which they are written. */
export const SECTIONS: readonly Section[] = [
  levels,
  statuses,
  bytes,
  durations,
  distinct("ips"),
  distinct("users"),
  ...COUNTED.map(values),
];
