import type { Env } from "../env.ts";
import type { Place } from "./cursor.ts";
import { placeOf } from "./cursor.ts";
import { type FoundRecords, findRecords, type RecordsQuestion } from "./find-records.ts";

/** What one question may read at once. */
const PAGE = 5_000;

/** Every record of a question, page by page through one order; at most one page is in memory. */
export async function* recordPages(
  env: Env,
  question: Omit<RecordsQuestion, "limit">,
  nowMs: number,
  pageSize = PAGE,
): AsyncGenerator<FoundRecords> {
  let after: Place | undefined = question.after;
  for (;;) {
    const page = await findRecords(env, { ...question, after, limit: pageSize }, nowMs);
    yield page;
    if (page.cursor === undefined) return;
    after = placeOf(page.cursor);
  }
}
