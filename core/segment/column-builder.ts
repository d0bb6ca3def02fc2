import type { AgentCells } from "../delivery/pack-text.ts";
import { LEVELS } from "../record.ts";
import { AGENT_CELL, type Cell, ROW_COLUMNS } from "../row.ts";
import { COLUMNS, type NumberColumnName, type TextColumnName } from "./columns.ts";
import { NumberList } from "./number-list.ts";
import type { NumberData, TextData } from "./parquet/write-chunk.ts";
import { TextCoder } from "./text-coder.ts";

/** Rows of one shard, and the user agents that they name. */
export interface Rows {
  shard: number;
  /** Seq of each row, or that of the first where they follow one another. */
  seqs: number | readonly number[];
  /** As core/row.ts makes them. */
  rows: readonly (readonly Cell[])[];
  agents: Iterable<AgentCells>;
}

export type GroupData = Record<NumberColumnName, NumberData> & Record<TextColumnName, TextData>;

const cellOf = (name: (typeof ROW_COLUMNS)[number]): number => ROW_COLUMNS.indexOf(name);
const TEXT_CELLS = [
  "method",
  "path",
  "path_template",
  "protocol",
  "ip",
  "user",
  "referrer",
  "country",
  "host",
  "app",
  "trace_id",
  "event",
  "message",
  "attrs",
  "raw",
] as const;
const NUMBER_CELLS = ["kind", "sub_ns", "status", "bytes", "duration_ms"] as const;
const LEVEL_CELL = cellOf("level");
const REST_CELL = cellOf("rest");
/** Of the user agent; the number is the cell of AgentCells. */
const AGENT_COLUMNS = [
  ["user_agent", 1],
  ["browser", 2],
  ["os", 3],
  ["device", 4],
  ["bot", 5],
] as const;
/** What `rest` may hold, under its name there. */
const REST_COLUMNS: Partial<Record<string, TextColumnName>> = {
  pid: "pid",
  spanId: "span_id",
  userId: "user_id",
  sessionId: "session_id",
  city: "city",
  browser: "browser",
  os: "os",
  device: "device",
  bot: "bot",
  parser: "parser",
};

/** What a user agent's texts are called in their columns. */
type AgentCodes = readonly (readonly [TextCoder, number])[];

/** Takes rows as they are stored hot or travel in packs, gives columns. */
export class ColumnBuilder {
  length = 0;
  readonly #texts = new Map<string, TextCoder>();
  readonly #numbers = new Map<string, NumberList>();
  /** By cell of a row, for the loop over its cells; undefined where a cell is not simply a column. */
  readonly #textOfCell: (TextCoder | undefined)[];
  readonly #numberOfCell: (NumberList | undefined)[];
  readonly #agentCoders: readonly (readonly [TextCoder, number])[];

  constructor() {
    for (const { name, type } of COLUMNS) {
      if (type === "text") this.#texts.set(name, new TextCoder());
      else this.#numbers.set(name, new NumberList());
    }
    this.#textOfCell = ROW_COLUMNS.map((name) =>
      (TEXT_CELLS as readonly string[]).includes(name) ? this.#texts.get(name) : undefined,
    );
    this.#numberOfCell = ROW_COLUMNS.map((name) =>
      (NUMBER_CELLS as readonly string[]).includes(name) ? this.#numbers.get(name) : undefined,
    );
    this.#agentCoders = AGENT_COLUMNS.map(([name, cell]) => [this.#texts.get(name)!, cell]);
  }

  add({ shard, seqs, rows, agents }: Rows): void {
    const known = new Map<number, AgentCodes>();
    for (const agent of agents) known.set(agent[0], this.#codesOf(agent));
    const [times, shards, places] = [this.#number("time"), this.#number("shard"), this.#number("seq")];
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const to = this.length++;
      times.put(to, row[0] as number);
      shards.put(to, shard);
      places.put(to, typeof seqs === "number" ? seqs + at : seqs[at]!);
      this.#addCells(to, row);
      const agent = row.length > AGENT_CELL ? known.get(row[AGENT_CELL] as number) : undefined;
      if (agent) for (const [coder, code] of agent) coder.putCode(to, code);
      if (row.length > REST_CELL && row[REST_CELL] !== null) this.#addRest(to, row[REST_CELL] as string);
    }
  }

  /** Rows by time, shard and seq. */
  order(): Uint32Array {
    const order = new Uint32Array(this.length);
    const [times, shards, seqs] = [this.#number("time"), this.#number("shard"), this.#number("seq")];
    const compare = (a: number, b: number): number =>
      times.at(a) - times.at(b) || shards.at(a) - shards.at(b) || seqs.at(a) - seqs.at(b);
    let isSorted = true;
    for (let at = 0; at < order.length; at++) {
      order[at] = at;
      if (at > 0 && isSorted) isSorted = compare(at - 1, at) < 0;
    }
    return isSorted ? order : order.sort(compare);
  }

  take(order: Uint32Array): GroupData {
    const data: Partial<Record<string, NumberData | TextData>> = {};
    for (const [name, list] of this.#numbers) data[name] = list.take(order);
    for (const [name, coder] of this.#texts) data[name] = coder.take(order);
    return data as GroupData;
  }

  #number(name: NumberColumnName): NumberList {
    return this.#numbers.get(name)!;
  }

  #addCells(to: number, row: readonly Cell[]): void {
    for (let cell = 1; cell < row.length; cell++) {
      const value = row[cell]!;
      if (typeof value === "string") this.#textOfCell[cell]?.put(to, value);
      else if (value === null) continue;
      else if (cell === LEVEL_CELL) this.#texts.get("level")!.put(to, LEVELS[value]!);
      else this.#numberOfCell[cell]?.put(to, value);
    }
  }

  #codesOf(agent: AgentCells): AgentCodes {
    return this.#agentCoders.flatMap(([coder, cell]) => {
      const text = agent[cell];
      return typeof text === "string" ? [[coder, coder.codeOf(text)] as const] : [];
    });
  }

  #addRest(to: number, rest: string): void {
    for (const [field, value] of Object.entries(JSON.parse(rest) as Record<string, string>)) {
      const name = REST_COLUMNS[field];
      if (name) this.#texts.get(name)!.put(to, value);
    }
  }
}
