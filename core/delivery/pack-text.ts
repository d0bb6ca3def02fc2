import type { LogRecord } from "../record.ts";
import { AGENT_CELL, type Agent, type Cell, recordOfRow, rowOf } from "../row.ts";
import { agentIdOf } from "./agent-id.ts";

/** A user agent as it travels: the columns of `user_agents` in order. */
export type AgentCells = [
  id: number,
  text: string,
  browser: string | null,
  os: string | null,
  device: string | null,
  bot: string | null,
];

/** One pack's records as text. */
export interface PackText {
  /** How many cells the longest row has: the database need not look for more. */
  width: number;
  /** JSON array of rows, exactly what the database insert binds. */
  rows: string;
  /** JSON array of AgentCells. */
  agents: string;
}

export function packTextOf(records: readonly LogRecord[]): PackText {
  const agents = new Map<number, AgentCells>();
  const rows: Cell[][] = new Array(records.length);
  let width = 0;
  for (let at = 0; at < records.length; at++) {
    const record = records[at]!;
    const row = rowOf(record, record.userAgent === undefined ? null : agentOf(record, record.userAgent, agents));
    if (row.length > width) width = row.length;
    rows[at] = row;
  }
  return { width, rows: JSON.stringify(rows), agents: JSON.stringify([...agents.values()]) };
}

/** Three lines: JSON text never holds a raw newline. */
export const joinPackText = ({ width, rows, agents }: PackText): string => `${width}\n${rows}\n${agents}`;

export function splitPackText(text: string): PackText {
  const rowsAt = text.indexOf("\n") + 1;
  const agentsAt = text.indexOf("\n", rowsAt) + 1;
  return {
    width: Number(text.slice(0, rowsAt - 1)),
    rows: text.slice(rowsAt, agentsAt - 1),
    agents: text.slice(agentsAt),
  };
}

export function recordsOfPackText({ rows, agents }: Pick<PackText, "rows" | "agents">): LogRecord[] {
  const known = new Map<number, Agent>();
  for (const [id, text, browser, os, device, bot] of JSON.parse(agents) as AgentCells[]) {
    known.set(id, { id, text, browser, os, device, bot });
  }
  return (JSON.parse(rows) as Cell[][]).map((row) => recordOfRow(row, known.get(row[AGENT_CELL] as number)));
}

function agentOf(record: LogRecord, text: string, agents: Map<number, AgentCells>): number {
  const id = agentIdOf(text);
  if (!agents.has(id)) {
    agents.set(id, [id, text, record.browser ?? null, record.os ?? null, record.device ?? null, record.bot ?? null]);
  }
  return id;
}
