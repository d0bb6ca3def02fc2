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

/** What the JSON of one pack's records takes, in two lines: the rows, then the user agents they name. */
export interface PackText {
  /** JSON array of rows, exactly what the database insert binds. */
  rows: string;
  /** JSON array of AgentCells. */
  agents: string;
}

export function packTextOf(records: readonly LogRecord[]): PackText {
  const agents = new Map<number, AgentCells>();
  const rows: Cell[][] = new Array(records.length);
  for (let at = 0; at < records.length; at++) {
    const record = records[at]!;
    rows[at] = rowOf(record, record.userAgent === undefined ? null : agentOf(record, record.userAgent, agents));
  }
  return { rows: JSON.stringify(rows), agents: JSON.stringify([...agents.values()]) };
}

/** JSON text never holds a raw newline, so one newline parts the two. */
export const joinPackText = ({ rows, agents }: PackText): string => `${rows}\n${agents}`;

export function splitPackText(text: string): PackText {
  const at = text.indexOf("\n");
  return { rows: text.slice(0, at), agents: text.slice(at + 1) };
}

export function recordsOfPackText({ rows, agents }: PackText): LogRecord[] {
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
