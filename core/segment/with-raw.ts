import { rawOf } from "../parse/raw-of.ts";
import { AGENT_CELL, type Cell, ROW_COLUMNS, recordOfRow } from "../row.ts";
import { type PackedRows, type Rows, unpackedRows } from "./column-builder.ts";

const RAW_CELL = ROW_COLUMNS.indexOf("raw");

/** The same rows, each with the line that it was received as, also where the other cells give it back. */
export function* withRaw(all: Iterable<Rows | PackedRows>): Generator<Rows> {
  for (const given of all) {
    const rows = "rowBytes" in given ? unpackedRows(given) : given;
    const agents = new Map([...rows.agents].map((agent) => [agent[0], agent]));
    yield {
      ...rows,
      agents: agents.values(),
      rows: rows.rows.map((row): readonly Cell[] => {
        if (typeof row[RAW_CELL] === "string") return row;
        const agent = agents.get(row[AGENT_CELL] as number);
        const [id, text, browser, os, device, bot] = agent ?? [];
        const known = agent && { id: id!, text: text!, browser: browser!, os: os!, device: device!, bot: bot! };
        const cells = [...row];
        while (cells.length <= RAW_CELL) cells.push(null);
        cells[RAW_CELL] = rawOf(recordOfRow(row, known)) ?? null;
        return cells;
      }),
    };
  }
}
