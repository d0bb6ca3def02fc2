import { topSections } from "../../core/stats/needed-sections.ts";
import type { Dimension } from "../../core/summary/dimensions.ts";
import { topOf } from "../../core/summary/read-summary.ts";
import { mergeAll } from "../../core/summary/summary.ts";
import type { Top } from "../../core/summary/top-of-hitters.ts";
import type { Env } from "../env.ts";
import { measure } from "./measure.ts";
import type { Question } from "./question.ts";
import { recountTop } from "./recount-top.ts";

/** A list with where it comes from. */
export interface TopList extends Top {
  answeredFrom: "summaries" | "records";
  scanned: number;
  partial?: true;
  /** How many of the records counted were forgotten since; absent where none. */
  forgotten?: number;
  /** The minutes at the ends of the range count as a whole. */
  rounded?: true;
}

/** So few records are counted again one by one where their summaries know a count only within a bound. */
const RECOUNT_UP_TO = 20_000;

/** The most frequent values of each dimension, all from one read of the summaries. */
export async function topLists(
  env: Env,
  question: Question,
  dimensions: readonly Dimension[],
  limit: number,
  nowMs: number,
): Promise<TopList[]> {
  const sections = new Set(dimensions.flatMap((dimension) => [...topSections(dimension)]));
  const measured = await measure(env, question, { stepMs: Number.POSITIVE_INFINITY, only: sections }, nowMs);
  const { answeredFrom, scanned, isPartial, forgotten, isRounded } = measured;
  const summary = mergeAll(
    measured.parts.map((part) => part.summary),
    RECOUNT_UP_TO,
  );
  return Promise.all(
    dimensions.map(async (dimension) => {
      const answer = topOf(summary, dimension, limit);
      const recounted =
        answer.errorBound > 0 && summary.count <= RECOUNT_UP_TO && !isPartial
          ? await recountTop(env, question, dimension, limit, nowMs)
          : undefined;
      if (recounted) return recounted;
      const doubts = {
        ...(isRounded ? { rounded: true as const } : {}),
        ...(isPartial ? { partial: true as const } : {}),
        ...(forgotten > 0 ? { forgotten } : {}),
      };
      return { ...answer, answeredFrom, scanned, ...doubts };
    }),
  );
}
