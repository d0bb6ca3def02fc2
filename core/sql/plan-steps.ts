/** A row of EXPLAIN QUERY PLAN. */
export interface PlanRow {
  id: number;
  parent: number;
  detail: string;
}

/** How many rows the tables behind the views have, or may have at most. */
export interface TableSizes {
  services: number;
  records: number;
}

/** What is not told by the plan, nor by the statement: an attribute list is short, and a second one in it is made to be long. */
const JSON_ITEMS = 50;
const MORE_JSON_ITEMS = 1_000_000;
/** Rows that share the first parts of a table's key, and rows that share what two tables are joined on. */
const ROWS_OF_A_KEY = 10;
const ROWS_OF_A_FOUND_KEY = 100;

/**
 * How many rows the database would go through, at most and roughly, to run a plan. It cannot be told to stop, so what would run for
 * hours is to be refused before it starts: joins without a condition multiply.
 *
 * @param listItems of the longest list that the statement takes apart, as far as that can be foreseen
 *
 * Source of the plan's words: https://sqlite.org/eqp.html
 */
export function planSteps(rows: readonly PlanRow[], sizes: TableSizes, listItems: number | undefined): number {
  return new PlanReader(rows, sizes, listItems).blockOf(0).steps;
}

interface Block {
  /** Rows gone through. */
  steps: number;
  /** Rows that come out, at most. */
  size: number;
}

class PlanReader {
  readonly #children = new Map<number, PlanRow[]>();
  readonly #sizes: TableSizes;
  readonly #listItems: number | undefined;
  #jsonTables = 0;

  constructor(rows: readonly PlanRow[], sizes: TableSizes, listItems: number | undefined) {
    this.#sizes = sizes;
    this.#listItems = listItems;
    for (const row of rows) {
      const siblings = this.#children.get(row.parent);
      if (siblings) siblings.push(row);
      else this.#children.set(row.parent, [row]);
    }
  }

  /** The loops of one SELECT are nested in their order; what is worked out for them comes before, or within the innermost. */
  blockOf(id: number): Block {
    const children = this.#children.get(id) ?? [];
    if (children.some(({ detail }) => /^(?:COMPOUND QUERY|MERGE)/.test(detail))) return this.#compoundOf(children);
    const made = new Map<string, number>();
    let steps = 0;
    let size = 1;
    let mostRounds = 1;
    let perRow = 0;
    children.forEach((row, at) => {
      const { detail } = row;
      const name = /^(?:CO-ROUTINE|MATERIALIZE) (.+)$/.exec(detail)?.[1];
      if (/^(?:SCAN|SEARCH) /.test(detail)) {
        const rounds = size * this.#rowsOf(detail, children[at + 1]?.detail ?? "", made);
        steps += rounds;
        // What is only looked for ends with the first row found.
        if (!/^\S+ \S+ EXISTS /.test(detail)) size = rounds;
        mostRounds = Math.max(mostRounds, rounds);
        return;
      }
      const inner = this.blockOf(row.id);
      if (name !== undefined) made.set(name, Math.max(made.get(name) ?? 0, inner.size));
      if (/CORRELATED/.test(detail)) perRow += inner.steps;
      else steps += inner.steps;
    });
    return { steps: steps + perRow * mostRounds, size };
  }

  /** Queries beside one another, with the rows of all of them. */
  #compoundOf(children: readonly PlanRow[]): Block {
    const block: Block = { steps: 0, size: 0 };
    for (const { id } of children) {
      for (const part of this.#children.get(id) ?? []) {
        const inner = this.blockOf(part.id);
        block.steps += inner.steps;
        block.size += inner.size;
      }
    }
    return block;
  }

  #rowsOf(detail: string, next: string, made: ReadonlyMap<string, number>): number {
    const constant = /^SCAN (?:(\d+)-ROW VALUES CLAUSE|(\d+) )?(?:CONSTANT ROW|$)/.exec(detail);
    if (constant) return Number(constant[1] ?? constant[2] ?? 1);
    if (/VIRTUAL TABLE/.test(detail))
      return this.#listItems || (this.#jsonTables++ === 0 ? JSON_ITEMS : MORE_JSON_ITEMS);
    const name = /^(?:SCAN|SEARCH) (\(.+?\)|\S+)/.exec(detail)![1]!;
    const all = made.get(name) ?? this.#sizeOf(name, next, made);
    if (/\((?:rowid|name)=\?\)/.test(detail)) return 1;
    if (/AUTOMATIC/.test(detail)) return Math.min(all, ROWS_OF_A_FOUND_KEY);
    if (/\(service_id=\? AND (?:ts_ms|step_ms|shard|min_ms)=\?/.test(detail)) return Math.min(all, ROWS_OF_A_KEY);
    return all;
  }

  /** A name that no view uses is an alias of something that was made before. */
  #sizeOf(name: string, next: string, made: ReadonlyMap<string, number>): number {
    const { services, records } = this.#sizes;
    if (name === "t") return 1;
    // All services' rows together are counted with the table that follows.
    if (name === "s") return /^(?:SCAN|SEARCH) [rmlg] /.test(next) ? 1 : services;
    if (/^[rmlg]$/.test(name) || made.size === 0) return records;
    return Math.max(...made.values());
  }
}
