import type { Filter } from "../../core/query/filter.ts";
import { pruneOf } from "../../core/query/prune-of.ts";
import type { ColumnName } from "../../core/segment/columns.ts";
import { filterColumns } from "../../core/segment/filter-columns.ts";
import { filterGroup } from "../../core/segment/filter-group.ts";
import { groupBytes } from "../../core/segment/group-bytes.ts";
import { GroupReader } from "../../core/segment/group-reader.ts";
import { both, countOf, type Selection } from "../../core/segment/selection.ts";
import type { TimeRange } from "../../core/time-range.ts";
import { logError } from "../../durable-objects/log.ts";
import { type OpenSegment, openSegment, WHOLE_BYTES } from "../archive/open-segment.ts";
import { readingBudget, takeInTurn, takeNow } from "../archive/reading-budget.ts";
import { type FoundSegment, prunedSegments } from "../archive/segments-of.ts";
import { FAST_LEVEL, zstdCodec } from "../archive/zstd-codec.ts";
import type { Env } from "../env.ts";
import { foundRows, lastingName } from "./found-rows.ts";
import type { HeldRange } from "./memory-records.ts";
import { recentGroup } from "./recent-groups.ts";

/** A row group in which the question finds records. */
export interface GroupHits {
  service: string;
  group: GroupReader;
  /** The records found, in the order of time, shard and seq; never "none". */
  rows: Selection;
  /** How many there are. */
  count: number;
}

export interface SegmentScan extends TimeRange {
  filter: Filter | undefined;
  nowMs: number;
  order: "newest" | "oldest";
  /** Records that are counted elsewhere, by service. */
  held?: ReadonlyMap<string, readonly HeldRange[]>;
  /** What is read of a row group in which there are some, which is fetched together with what the filter looks at. */
  columnsOf?: (group: GroupReader) => readonly ColumnName[];
  /** Goes on where a scan before ended, which may have read the same already. */
  isPaged?: boolean;
  /** Told the time that everything not yet read is before (or after): whether that need not be read. */
  isEnough?: (boundMs: number) => boolean;
}

export interface ScanOutcome {
  /** Records of the row groups that were looked into. */
  scanned: number;
  /** The time ran out, or an object could not be read. */
  isPartial: boolean;
}

/** A question is answered within this, as far as it got. Production gives 30 s of processor time a request. */
const BUDGET_MS = 10_000;
/** Row groups read at the same time: while one is looked through, others are on their way. */
const AT_ONCE = 4;

type Step = { boundMs: number; segment: FoundSegment; open?: OpenSegment; group?: number };
type Done = { steps: Step[] } | Omit<GroupHits, "service">;
/** A step under way; what it holds is given back once its outcome was looked at. */
type Running = Step & { done: Promise<Done | undefined>; lease: number };

const codec = zstdCodec(FAST_LEVEL);

/**
 * Goes through the archived records that a question finds, a row group at a time, in the order of their newest (or oldest)
 * records: what may hold the first ones of an answer is read first. Steps are taken and given back in one order, so that of
 * several scans each always has one that can go on.
 */
export async function scanSegments(
  env: Env,
  segments: readonly FoundSegment[],
  scan: SegmentScan,
  onHits: (hits: GroupHits) => Promise<void>,
): Promise<ScanOutcome> {
  const untilMs = Date.now() + BUDGET_MS;
  const outcome: ScanOutcome = { scanned: 0, isPartial: false };
  const left = await prunedSegments(env.DB, segments, scan.filter, scan.nowMs);
  const steps: Step[] = left.map((segment) => ({ boundMs: boundOf(scan, segment.minMs, segment.maxMs), segment }));
  const sign = scan.order === "newest" ? -1 : 1;
  const running: Running[] = [];
  try {
    while (steps.length + running.length > 0) {
      steps.sort((a, b) => sign * (b.boundMs - a.boundMs));
      const bounds = [...running, ...steps.slice(-1)].map(({ boundMs }) => sign * boundMs);
      if (scan.isEnough?.(sign * Math.min(...bounds))) break;
      if (Date.now() >= untilMs) {
        outcome.isPartial = true;
        break;
      }
      while (steps.length > 0 && running.length < AT_ONCE) {
        const bytes = bytesOf(steps.at(-1)!);
        const lease = running.length > 0 ? takeNow(bytes) : await takeInTurn(bytes, untilMs);
        if (lease === undefined) break;
        const step = steps.pop()!;
        running.push({ ...step, lease, done: orPartial(outcome, () => advance(env, step, scan)) });
      }
      const first = running.shift();
      if (!first) continue;
      const done = await first.done;
      if (done && "steps" in done) steps.push(...done.steps);
      else if (done) {
        outcome.scanned += done.group.rows;
        if (done.rows !== "none") await orPartial(outcome, () => onHits({ service: first.segment.service, ...done }));
      }
      readingBudget.giveBack(first.lease);
    }
  } finally {
    for (const { done, lease } of running) void done.finally(() => readingBudget.giveBack(lease));
  }
  return outcome;
}

/** To open a segment takes its end, or all of a small one. */
const bytesOf = ({ open, group, segment }: Step): number =>
  open && group !== undefined ? groupBytes(open.index.footer, group) : Math.min(segment.bytes, WHOLE_BYTES);

async function orPartial<Value>(outcome: ScanOutcome, work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    // One object that cannot be read leaves the others to answer, and the answer says so.
    logError("segment_unreadable", { error });
    outcome.isPartial = true;
    return undefined;
  }
}

const boundOf = ({ order, fromMs, toMs }: SegmentScan, minMs: number, maxMs: number): number =>
  order === "newest" ? Math.min(maxMs, toMs) : Math.max(minMs, fromMs);

/** Opens a segment, which gives a step for each of its row groups, or looks through one of these. */
async function advance(env: Env, { segment, open, group }: Step, scan: SegmentScan): Promise<Done> {
  if (open && group !== undefined) return hitsOf(open, group, segment, scan);
  const opened = await openSegment(env, segment);
  const steps: Step[] = [];
  for (const [at, stats] of opened.index.stats.entries()) {
    const { minMs = segment.minMs, maxMs = segment.maxMs } = stats;
    if (minMs >= Math.min(scan.toMs, segment.coldMs) || maxMs < scan.fromMs) continue;
    if (scan.filter && pruneOf(scan.filter, { ...stats, service: segment.service }, scan.nowMs) === "none") continue;
    steps.push({ boundMs: boundOf(scan, minMs, maxMs), segment, open: opened, group: at });
  }
  return { steps };
}

async function hitsOf(
  { index, read }: OpenSegment,
  at: number,
  segment: FoundSegment,
  { filter, fromMs, toMs, nowMs, held, isPaged, columnsOf }: SegmentScan,
): Promise<Omit<GroupHits, "service">> {
  const open = (): GroupReader => new GroupReader(index.footer, at, read, codec);
  const group = isPaged ? recentGroup(segment.key, at, groupBytes(index.footer, at), open) : open();
  const find = async (): Promise<Selection> => {
    if (columnsOf) await group.load([...filterColumns(filter!), ...columnsOf(group)]);
    return filterGroup(group, filter!, { service: segment.service, nowMs });
  };
  let rows: Selection = filter ? await foundRows(segment.key, at, lastingName(filter), group.rows, find) : "all";
  if (rows !== "none") rows = both(rows, await inTime(group, fromMs, Math.min(toMs, segment.coldMs)));
  const elsewhere = (held?.get(segment.service) ?? []).filter((range) => overlaps(segment, range));
  if (rows !== "none" && elsewhere.length > 0) rows = both(rows, await notHeld(group, elsewhere));
  const count = countOf(rows, group.rows);
  return { group, rows: count === 0 ? "none" : rows, count };
}

async function inTime(group: GroupReader, fromMs: number, toMs: number): Promise<Selection> {
  const { min, max } = group.rangeOf("time");
  if (min! >= fromMs && max! < toMs) return "all";
  await group.load(["time"]);
  const times = group.number("time");
  const rows = new Uint8Array(times.length);
  for (let at = 0; at < rows.length; at++) rows[at] = times[at]! >= fromMs && times[at]! < toMs ? 1 : 0;
  return rows;
}

const overlaps = ({ seqs }: FoundSegment, [firstSeq, lastSeq, shard]: HeldRange): boolean =>
  seqs.some(([of, first, last]) => of === shard && first <= lastSeq && last >= firstSeq);

async function notHeld(group: GroupReader, held: readonly HeldRange[]): Promise<Selection> {
  await group.load(["shard", "seq"]);
  const [shards, seqs] = [group.number("shard"), group.number("seq")];
  return Uint8Array.from(seqs, (seq, at) =>
    held.some(([first, last, shard]) => shard === shards[at] && first <= seq && seq <= last) ? 0 : 1,
  );
}
