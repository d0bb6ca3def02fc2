import * as fc from "fast-check";
import { packTextOf } from "../../../core/delivery/pack-text.ts";
import { andOf, type Filter, notOf, orOf } from "../../../core/query/filter.ts";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import { sqlOf } from "../../../core/query/sql-of.ts";
import type { LogRecord } from "../../../core/record.ts";
import { type Cell, ROW_COLUMNS, STORED_COLUMNS } from "../../../core/row.ts";
import { longRows } from "../long-rows.ts";
import { aimedAt } from "./arbitraries/aimed-at.ts";
import { filter } from "./arbitraries/filter.ts";
import { placed, SERVICES } from "./arbitraries/record.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { CASES } from "./cases.ts";

/** A statement with its parameters, for whichever database runs it. */
export type Statement = [sql: string, ...params: (string | number)[]];

export interface Stored {
  service: string;
  record: LogRecord;
}

export const SERVICE_ROWS: Statement[] = SERVICES.map((name, index) => [
  "INSERT OR REPLACE INTO services (id, name, first_seen_ms, last_seen_ms, records) VALUES (?1, ?2, 0, 0, 0)",
  index + 1,
  name,
]);

const insertRow = (
  columns: readonly string[],
): string => `INSERT INTO records (service_id, shard, seq, ${columns.join(", ")})
  SELECT ?1, 0, ?2, ${columns.map((_column, at) => `value ->> ${at}`).join(", ")} FROM json_each(?3)`;
const INSERT_ROW = insertRow(STORED_COLUMNS);
/** As versions before `took_ms` did. */
const INSERT_OLD_ROW = insertRow(ROW_COLUMNS);
const INSERT_AGENT = `INSERT OR REPLACE INTO user_agents
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?1)`;

/**
 * Puts records into an emptied table, the first with seq 0, as the consumer of the queue would; every other one as versions before the
 * short form and `took_ms` did.
 */
export const storing = (stored: readonly Stored[]): Statement[] => [
  ["DELETE FROM records"],
  ...stored.flatMap(({ service, record }, seq): Statement[] => {
    const { rows, agents } = packTextOf([record]);
    const at = [SERVICES.indexOf(service) + 1, seq] as const;
    return [
      seq % 2 === 0
        ? [INSERT_ROW, ...at, rows]
        : [INSERT_OLD_ROW, ...at, JSON.stringify(longRows(JSON.parse(rows) as Cell[][], [record]))],
      [INSERT_AGENT, agents],
    ];
  }),
];

/** Asks for the seqs of the stored records that pass. */
export function asking(asked: Filter): Statement {
  const sql = sqlOf(asked, NOW_MS, 3);
  if (!sql.ok) throw new Error(sql.detail);
  return [
    `SELECT seq FROM records AS r WHERE ts_ms >= ?1 AND shard = ?2 AND ${sql.value.where} ORDER BY seq`,
    -1e15,
    0,
    ...sql.value.params,
  ];
}

export function seqsByPredicate(asked: Filter, stored: readonly Stored[]): number[] {
  const matches = predicateOf(asked, NOW_MS);
  return stored.flatMap(({ service, record }, seq) => (matches(record, service) ? [seq] : []));
}

/** Records with a filter that is likely to part them. */
export const question = fc.array(placed, { minLength: 10, maxLength: 10 }).chain((stored) => {
  const aimed = aimedAt(stored[0]!);
  const asked = fc.oneof(
    filter,
    aimed,
    aimed.map(notOf),
    fc.tuple(aimed, filter).map(andOf),
    fc.tuple(aimed, filter).map(orOf),
  );
  return fc.tuple(fc.constant(stored as Stored[]), asked);
});

/** Every record of CASES with the filters asked of it and what they must say. */
export function casesByRecord(): { stored: Stored; asked: { q: string; filter: Filter; matches: boolean }[] }[] {
  const records = [...new Set(CASES.map(({ record }) => record))];
  return records.map((record) => ({
    stored: { service: "web", record },
    asked: CASES.filter((each) => each.record === record).map(({ q, matches }) => {
      const parsed = parseFilter(q);
      if (!parsed.ok) throw new Error(`${q}: ${parsed.detail}`);
      return { q, filter: parsed.value, matches };
    }),
  }));
}
