import { LEVELS } from "../record.ts";
import { ok, type Result, refuse } from "../result.ts";
import { BitReader } from "./bit-text.ts";
import { COUNTED } from "./dimensions.ts";
import { HeavyHitters, MAX_VALUE_CHARS, Tally } from "./heavy-hitters.ts";
import { distinctOf, durationsFrom } from "./sketch-text.ts";
import { emptySummary, OTHER_STATUS, type Summary } from "./summary.ts";

export type SummaryRefusal = "not_a_summary" | "unknown_version";

/** Reads what `encodeSummary` wrote. Any other text is refused, never thrown at. */
export function decodeSummary(text: string): Result<Summary, SummaryRefusal> {
  let encoded: unknown;
  try {
    encoded = JSON.parse(text);
  } catch {
    return refuse("not_a_summary", "not JSON");
  }
  if (!isObject(encoded)) return refuse("not_a_summary", "not an object");
  if (encoded.v !== 1) return refuse("unknown_version", "v is not 1");
  if (!isCount(encoded.n)) return refuse("not_a_summary", "n");
  const summary = emptySummary();
  summary.count = encoded.n;
  for (const [key, read] of PARTS) {
    const part = encoded[key];
    if (part !== undefined && !read(summary, part)) return refuse("not_a_summary", key);
  }
  return ok(summary);
}

type ReadPart = (summary: Summary, part: unknown) => boolean;

const PARTS: [string, ReadPart][] = [
  ["l", readLevels],
  ["s", readStatuses],
  ["b", readBytes],
  ["d", readDurations],
  ["i", readIps],
  ["u", readUsers],
  ["t", readHitters],
];

function readLevels(summary: Summary, part: unknown): boolean {
  const levels = countsOf(part, LEVELS.length + 1);
  if (levels?.length !== LEVELS.length + 1) return false;
  summary.levels = levels;
  return true;
}

function readStatuses(summary: Summary, part: unknown): boolean {
  const pairs = countsOf(part, 2 * 501);
  if (pairs === undefined || pairs.length % 2 === 1) return false;
  for (let i = 0; i < pairs.length; i += 2) {
    const status = pairs[i]!;
    if (status !== OTHER_STATUS && (status < 100 || status > 599)) return false;
    summary.statuses.set(status, pairs[i + 1]!);
  }
  return summary.statuses.size * 2 === pairs.length;
}

function readBytes(summary: Summary, part: unknown): boolean {
  if (!isAmount(part)) return false;
  summary.bytes = part;
  return true;
}

function readDurations(summary: Summary, part: unknown): boolean {
  if (!Array.isArray(part) || part.length !== 3) return false;
  const [sumUs, maxMs, buckets] = part as unknown[];
  if (!isAmount(sumUs) || !isAmount(maxMs) || typeof buckets !== "string") return false;
  const durations = durationsFrom(buckets, sumUs, maxMs);
  if (durations === undefined) return false;
  summary.durations = durations;
  return true;
}

function readIps(summary: Summary, part: unknown): boolean {
  const ips = typeof part === "string" ? distinctOf(part) : undefined;
  if (ips === undefined) return false;
  summary.ips = ips;
  return true;
}

function readUsers(summary: Summary, part: unknown): boolean {
  const users = typeof part === "string" ? distinctOf(part) : undefined;
  if (users === undefined) return false;
  summary.users = users;
  return true;
}

function readHitters(summary: Summary, part: unknown): boolean {
  if (!isObject(part)) return false;
  for (const name of Object.keys(part)) {
    const index = (COUNTED as readonly string[]).indexOf(name);
    const hitters = index < 0 ? undefined : hittersOf(part[name]);
    if (hitters === undefined) return false;
    summary.values[index] = hitters;
  }
  return true;
}

function hittersOf(encoded: unknown): HeavyHitters | undefined {
  if (!isObject(encoded) || !Array.isArray(encoded.v)) return undefined;
  const values = encoded.v as unknown[];
  const counts = countsOf(encoded.c, values.length);
  const missed = encoded.e === undefined ? [] : countsOf(encoded.e, values.length);
  const { m = 0, l = 0, o = 0 } = encoded;
  if (counts?.length !== values.length || missed === undefined || !isCount(m) || !isCount(l) || !isCount(o))
    return undefined;
  if ((encoded.e !== undefined && missed.length !== values.length) || l > o) return undefined;
  const hitters = new HeavyHitters();
  hitters.total = o;
  hitters.long = l;
  hitters.missed = m;
  for (const [index, value] of values.entries()) {
    if (typeof value !== "string" || value.length > MAX_VALUE_CHARS) return undefined;
    hitters.tallies.set(value, new Tally(counts[index]!, missed[index] ?? 0));
    hitters.total += counts[index]!;
  }
  return hitters.tallies.size === values.length && isCount(hitters.total) ? hitters : undefined;
}

function countsOf(text: unknown, maxLength: number): number[] | undefined {
  if (typeof text !== "string") return undefined;
  const reader = new BitReader(text);
  const counts: number[] = [];
  while (!reader.isDone()) {
    counts.push(reader.count());
    if (reader.isBad || counts.length > maxLength) return undefined;
  }
  return counts;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isAmount = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
