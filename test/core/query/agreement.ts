import * as fc from "fast-check";
import { andOf, type Filter, notOf, orOf } from "../../../core/query/filter.ts";
import { filterGroup } from "../../../core/segment/filter-group.ts";
import { placesOf } from "../../../core/segment/selection.ts";
import { writeSegment } from "../../../core/segment/write-segment.ts";
import { codec, groupsOf, rowsOf } from "../segment/segments.ts";
import { aimedAt } from "./arbitraries/aimed-at.ts";
import { filter } from "./arbitraries/filter.ts";
import { placed, SERVICES } from "./arbitraries/record.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { asking, type Statement, type Stored, seqsByPredicate, storing } from "./stored.ts";

const RECORDS = 24;
export const FILTERS = 100;

/** Records with filters that are likely to part them. */
export const manyQuestions = fc.array(placed, { minLength: RECORDS, maxLength: RECORDS }).chain((stored) => {
  const aimed = fc.nat({ max: RECORDS - 1 }).chain((at) => aimedAt(stored[at]!));
  const asked = fc.oneof(
    filter,
    aimed,
    aimed.map(notOf),
    fc.tuple(aimed, filter).map(andOf),
    fc.tuple(aimed, aimed).map(orOf),
  );
  return fc.tuple(fc.constant(stored as Stored[]), fc.array(asked, { minLength: FILTERS, maxLength: FILTERS }));
});

/** Runs statements in one transaction; the seqs that each of them gives. */
export type RunAll = (statements: readonly Statement[]) => Promise<number[][]>;

export interface Disagreement {
  filter: Filter;
  byPredicate: number[];
  bySql: number[];
  bySegment: number[];
}

/** Each filter over the same records in three ways: the first one on which they do not agree. */
export async function disagreement(
  stored: readonly Stored[],
  asked: readonly Filter[],
  runAll: RunAll,
): Promise<Disagreement | undefined> {
  const putting = storing(stored);
  const bySql = (await runAll([...putting, ...asked.map(asking)])).slice(putting.length);
  const groups = SERVICES.flatMap((service) => {
    const own = stored.flatMap((each, seq) => (each.service === service ? [{ seq, record: each.record }] : []));
    if (own.length === 0) return [];
    const { bytes } = writeSegment(service, [rowsOf(own.map(({ record }) => record))], codec);
    return groupsOf(bytes).map((group) => ({ service, group, seqs: own.map(({ seq }) => seq) }));
  });
  for (const [at, each] of asked.entries()) {
    const byPredicate = seqsByPredicate(each, stored);
    const bySegment: number[] = [];
    for (const { service, group, seqs } of groups) {
      const places = placesOf(await filterGroup(group, each, { service, nowMs: NOW_MS }), group.rows);
      await group.load(["seq"]);
      // rowsOf counts from 1.
      for (const place of places) bySegment.push(seqs[group.number("seq")[place]! - 1]!);
    }
    bySegment.sort((a, b) => a - b);
    const answers = { byPredicate, bySql: bySql[at]!, bySegment };
    if (new Set(Object.values(answers).map(String)).size > 1) return { filter: each, ...answers };
  }
  return undefined;
}
