import type { AgentCells } from "../../core/delivery/pack-text.ts";
import { AGENT_CELL, type Cell, SELECTED_CELLS } from "../../core/row.ts";
import type { Rows } from "../../core/segment/column-builder.ts";

/** Rows of one answer of the database. */
const PAGE_ROWS = 10_000;

const SELECT = `SELECT seq, ${SELECTED_CELLS.join(", ")} FROM records AS r
WHERE service_id = ?1 AND ts_ms >= ?2 AND ts_ms <= ?3 AND shard = ?4 AND EXISTS (SELECT 1 FROM json_each(?5) WHERE seq BETWEEN value ->> 0 AND value ->> 1)
AND (ts_ms, shard, seq) > (?6, ?4, ?7)
ORDER BY ts_ms, shard, seq LIMIT ${PAGE_ROWS}`;
const SELECT_AGENTS =
  "SELECT id, text, browser, os, device, bot FROM user_agents WHERE id IN (SELECT value FROM json_each(?1))";

export interface HotRange {
  serviceId: number;
  shard: number;
  /** First and last seq of those that are meant. */
  runs: readonly (readonly [firstSeq: number, lastSeq: number])[];
  /** Bounds of the records' times, inclusive. */
  minMs: number;
  maxMs: number;
}

/** Hot rows of some runs of seqs with their user agents, as a segment takes them. */
export async function hotRows(db: D1Database, { serviceId, shard, runs, minMs, maxMs }: HotRange): Promise<Rows> {
  const rows: Cell[][] = [];
  const seqs: number[] = [];
  let after: [tsMs: number, seq: number] = [minMs, -1];
  for (;;) {
    const page = await db
      .prepare(SELECT)
      .bind(serviceId, minMs, maxMs, shard, JSON.stringify(runs), ...after)
      .raw<[number, ...Cell[]]>();
    for (const [seq, ...cells] of page) {
      seqs.push(seq);
      rows.push(cells);
    }
    if (page.length < PAGE_ROWS) break;
    after = [rows.at(-1)![0] as number, seqs.at(-1)!];
  }
  return { shard, seqs, rows, agents: await agentsOf(db, rows) };
}

async function agentsOf(db: D1Database, rows: readonly Cell[][]): Promise<AgentCells[]> {
  const ids = new Set<Cell>();
  for (const row of rows) if (row[AGENT_CELL] !== null) ids.add(row[AGENT_CELL]!);
  if (ids.size === 0) return [];
  return db
    .prepare(SELECT_AGENTS)
    .bind(JSON.stringify([...ids]))
    .raw<AgentCells>();
}
