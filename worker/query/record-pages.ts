import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { type Place, placeOf } from "./cursor.ts";
import { type FoundRecords, findRecords, type RecordsQuestion } from "./find-records.ts";
import { BEGINNING_MS } from "./question.ts";
import { servicesOf } from "./services-of.ts";
import { storedRange } from "./stored-range.ts";

/** What one question may read at once. */
const PAGE = 5_000;
/** A range of which so little is left is not cut any more. */
const SHORTEST_MS = 1_000;

export interface PagesQuestion extends Omit<RecordsQuestion, "limit"> {
  pageSize?: number;
}

/**
 * Every record of a question, one service after the other in the order of their names, each in its own order. To go through all
 * services at once would ask each of them for every page.
 */
export async function* pagesByService(
  env: Env,
  question: PagesQuestion,
  nowMs: number,
): AsyncGenerator<FoundRecords, void> {
  const { after } = question;
  for (const service of (await servicesOf(env, question.service)).toSorted()) {
    if (after && service < after.service) continue;
    yield* recordPages(
      env,
      { ...question, service, isPaged: true, after: after?.service === service ? after : undefined },
      nowMs,
    );
  }
}

/**
 * Every record of a question, page by page through one order; at most one page is in memory.
 *
 * A page that is marked partial asked too much at once: its range is then asked in halves. Where that does not help either, the page
 * is given as it is.
 */
async function* recordPages(env: Env, question: PagesQuestion, nowMs: number): AsyncGenerator<FoundRecords, void> {
  const { pageSize = PAGE, order } = question;
  let after: Place | undefined = question.after;
  for (;;) {
    const page = await findRecords(env, { ...question, after, limit: pageSize }, nowMs);
    if (page.partial) {
      const halves = halvesOf(question, await withinData(env, question));
      if (halves) {
        for (const half of order === "oldest" ? halves : halves.toReversed())
          yield* recordPages(env, { ...question, ...half, after }, nowMs);
        return;
      }
    }
    yield page;
    if (page.cursor === undefined) return;
    after = placeOf(page.cursor);
  }
}

/** Cut in the middle of where there are records; open ends stay open. */
function halvesOf({ fromMs, toMs }: TimeRange, data: TimeRange): [TimeRange, TimeRange] | undefined {
  if (data.toMs - data.fromMs <= SHORTEST_MS) return undefined;
  const middleMs = Math.floor(data.fromMs / 2 + data.toMs / 2);
  return [
    { fromMs, toMs: middleMs },
    { fromMs: middleMs, toMs },
  ];
}

/** An open range as far as there are stored records: halves of all time there is would be many. */
async function withinData(env: Env, { service, fromMs, toMs }: PagesQuestion): Promise<TimeRange> {
  if (fromMs > BEGINNING_MS && toMs < Date.UTC(9999, 0)) return { fromMs, toMs };
  const stored = await storedRange(env, service);
  return {
    fromMs: Math.max(fromMs, stored?.fromMs ?? fromMs),
    toMs: toMs < Date.UTC(9999, 0) ? toMs : Math.min(toMs, stored?.toMs ?? toMs),
  };
}
