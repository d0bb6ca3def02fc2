import { isoText } from "../../core/iso-text.ts";
import { fieldOfName } from "../../core/query/field-of-name.ts";
import type { Field } from "../../core/query/fields.ts";
import { textOfField } from "../../core/query/text-of-field.ts";
import { groupColumns } from "../../core/segment/group-columns.ts";
import { dimensionNamed } from "../../core/stats/dimension-named.ts";
import { type GroupJson, Groups } from "../../core/stats/groups.ts";
import { groupsOfSummaries } from "../../core/stats/groups-of-summaries.ts";
import { topSections } from "../../core/stats/needed-sections.ts";
import { type Bucket, rebucket } from "../../core/summary/rebucket.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import type { Question } from "./question.ts";
import { pagesByService } from "./record-pages.ts";
import { servicesOf } from "./services-of.ts";
import { type TimeSeries, timeSeries } from "./time-series.ts";

export interface Grouped {
  groupBy: string[];
  step: number;
  /** Start of each step, ISO 8601: `counts` of a group has as many. */
  times: string[];
  /** Largest first. */
  groups: GroupJson[];
  /** Records that have the values and are of no group listed. */
  other: number;
  /** A count may be too low by that much: 0 where records were counted. */
  errorBound: number;
  answeredFrom: "summaries" | "records";
  scanned: number;
  /** Records that were counted one by one, the newest first; absent where none was. */
  counted?: number;
  partial?: true;
  /** How many of the records counted were forgotten since; absent where none. */
  forgotten?: number;
  /** The minutes at the ends of the range count as a whole: they have too many records to count a part of them. */
  rounded?: true;
}

interface GroupQuestion {
  question: Question;
  groupBy: readonly string[];
  stepMs: number | undefined;
  limit: number;
  /** Errors, bytes and response times of each group as well: only records know them. */
  withFigures: boolean;
  /** Records that are counted one by one, at most. */
  maxRecords: number;
}

/** Records that one answer counts one by one. */
export const MAX_RECORDS = 200_000;
/** What one page of records holds; a sample is not read beyond its size. */
const PAGE = 5_000;
const MAX_DIMENSIONS = 2;

/** Counts by one or two values and step: from summaries where they keep the one dimension, else from the records. */
export async function grouped(env: Env, asked: GroupQuestion, nowMs: number): Promise<Grouped> {
  const { groupBy, question } = asked;
  if (groupBy.length > MAX_DIMENSIONS || groupBy.length === 0 || new Set(groupBy).size < groupBy.length)
    throw badGroupBy(`one or two different names, not ${groupBy.length}`);
  const fields = groupBy.map((name) => {
    const field = fieldOfName(name);
    if (field === undefined || field === "time") throw badGroupBy(`'${name.slice(0, 64)}' is nothing to group by`);
    return field;
  });
  const [name] = groupBy;
  if (groupBy.length === 1 && !question.filter && !asked.withFigures) {
    if (fields[0] === "service") return byService(env, asked, nowMs);
    const dimension = dimensionNamed(name!);
    const answer = dimension && (await byDimension(env, asked, nowMs));
    if (answer) return answer;
  }
  return byRecords(env, asked, fields, nowMs);
}

/** Undefined where the summaries are coarser than what is asked. */
async function byDimension(
  env: Env,
  { question, groupBy, stepMs, limit }: GroupQuestion,
  nowMs: number,
): Promise<Grouped | undefined> {
  const dimension = dimensionNamed(groupBy[0]!)!;
  const series = await timeSeries(env, question, stepMs, nowMs, topSections(dimension));
  if (series.measured.answeredFrom !== "summaries") return undefined;
  const buckets = bucketsOf(series);
  return {
    ...frameOf(groupBy, series.stepMs, buckets),
    ...groupsOfSummaries(buckets, dimension, groupBy[0]!, limit),
    ...provenanceOf(series),
  };
}

/** Summaries are kept by service, so each answers for its own. */
async function byService(
  env: Env,
  { question, groupBy, stepMs, limit }: GroupQuestion,
  nowMs: number,
): Promise<Grouped> {
  const all = await timeSeries(env, question, stepMs, nowMs, new Set());
  const names = await servicesOf(env, question.service);
  const each = await Promise.all(
    names.map(async (service) => {
      const series = await timeSeries(env, { ...question, ...all.range, service }, all.stepMs, nowMs, new Set());
      const counts = bucketsOf({ ...series, range: all.range }).map(({ summary }) => summary.count);
      return { key: { [groupBy[0]!]: service }, count: counts.reduce((sum, count) => sum + count, 0), counts };
    }),
  );
  const ranked = each.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  return {
    ...frameOf(groupBy, all.stepMs, bucketsOf(all)),
    groups: ranked.slice(0, limit),
    other: ranked.slice(limit).reduce((sum, { count }) => sum + count, 0),
    errorBound: 0,
    ...provenanceOf(all),
  };
}

async function byRecords(
  env: Env,
  { question, groupBy, stepMs: asked, limit, maxRecords }: GroupQuestion,
  fields: readonly Field[],
  nowMs: number,
): Promise<Grouped> {
  // Where there is data, and so which steps there are, is known without the filter.
  const series = await timeSeries(env, { ...question, filter: undefined }, asked, nowMs, new Set());
  const { stepMs } = series;
  const buckets = bucketsOf(series);
  const firstMs = buckets[0]?.startMs ?? 0;
  const groups = new Groups(buckets.length);
  let scanned = series.measured.scanned;
  let isPartial = series.measured.isPartial;
  const pages = {
    ...question,
    order: "newest" as const,
    after: undefined,
    pageSize: Math.min(PAGE, maxRecords),
    columns: groupColumns(fields),
  };
  for await (const page of pagesByService(env, pages, nowMs)) {
    scanned += page.scanned;
    isPartial ||= page.partial === true;
    for (const record of page.records) {
      const step = Math.floor((Date.parse(record.time) - firstMs) / stepMs);
      groups.add(
        record,
        fields.map((field) => textOfField(record, field)),
        step,
      );
    }
    if (groups.total >= maxRecords && page.cursor !== undefined) {
      isPartial = true;
      break;
    }
  }
  const top = groups.top(groupBy, limit);
  return {
    ...frameOf(groupBy, stepMs, buckets),
    groups: top,
    other: top.reduce((rest, { count }) => rest - count, groups.total),
    errorBound: 0,
    answeredFrom: "records",
    scanned,
    counted: groups.total,
    ...(isPartial ? { partial: true as const } : {}),
  };
}

const bucketsOf = ({ measured, range, stepMs }: TimeSeries): Bucket[] =>
  rebucket(measured.parts, range.fromMs, range.toMs, stepMs);

const frameOf = (groupBy: readonly string[], step: number, buckets: readonly Bucket[]) => ({
  groupBy: [...groupBy],
  step,
  times: buckets.map(({ startMs }) => isoText(startMs)),
});

const provenanceOf = ({ measured: { answeredFrom, scanned, isPartial, forgotten, isRounded } }: TimeSeries) => ({
  answeredFrom,
  scanned,
  ...(forgotten > 0 ? { forgotten } : {}),
  ...(isRounded ? { rounded: true as const } : {}),
  ...(isPartial ? { partial: true as const } : {}),
});

const badGroupBy = (message: string): ApiError =>
  new ApiError("invalid_request", `groupBy: ${message}`, { issues: [{ path: "groupBy", message }] });
