import type { AgentCells } from "../delivery/pack-text.ts";
import { LEVELS } from "../record.ts";
import { AGENT_CELL, type Cell, isShort, ROW_COLUMNS } from "../row.ts";
import { SHORT_BIT } from "../short-cells.ts";
import { CellReader, END } from "./cell-reader.ts";
import { COLUMNS, GROUP_ROWS, type NumberColumnName, type TextColumnName } from "./columns.ts";
import { NumberList } from "./number-list.ts";
import type { NumberData, TextData } from "./parquet/write-chunk.ts";
import { rowOrder } from "./row-order.ts";
import { ShortTemplates, type ShortTexts, shortMethods, shortProtocols } from "./short-texts.ts";
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

/** Rows of a pack as they travel, see core/delivery/pack-text.ts: UTF-8 of two JSON arrays. */
export interface PackedRows {
  shard: number;
  firstSeq: number;
  rowBytes: Uint8Array;
  agentBytes: Uint8Array;
}

const decoder = new TextDecoder();

export const unpackedRows = ({ shard, firstSeq, rowBytes, agentBytes }: PackedRows): Rows => ({
  shard,
  seqs: firstSeq,
  rows: JSON.parse(decoder.decode(rowBytes)) as Cell[][],
  agents: JSON.parse(decoder.decode(agentBytes)) as AgentCells[],
});

/** Columns of a row group; those in which no row has a value are absent. */
export type GroupData = { [Name in NumberColumnName]?: NumberData | undefined } & {
  [Name in TextColumnName]?: TextData | undefined;
};

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
const NUMBER_CELLS = ["sub_ns", "status", "bytes", "duration_ms"] as const;
const KIND_CELL = ROW_COLUMNS.indexOf("kind");
const LEVEL_CELL = ROW_COLUMNS.indexOf("level");
const REST_CELL = ROW_COLUMNS.indexOf("rest");
/** Of the user agent, in the order of AgentCells behind its number. */
const AGENT_COLUMNS = ["user_agent", "browser", "os", "device", "bot"] as const;
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

/** What a user agent's texts are called in their columns; undefined where it lacks one. */
type AgentCodes = readonly (number | undefined)[];

/**
 * Takes rows as they are stored hot or travel in packs, gives columns: as they are written, and one by one with `text` and `number`
 * to whoever counts. Rows are numbered from 0 in the order in which they came; `length` before and after an `add` tells which were
 * added.
 */
export class ColumnBuilder {
  length = 0;
  readonly #texts = new Map<TextColumnName, TextCoder>();
  readonly #numbers = new Map<NumberColumnName, NumberList>();
  /** By cell of a row, for the loop over its cells; undefined where a cell is not simply a column. */
  readonly #textOfCell: (TextCoder | undefined)[];
  readonly #numberOfCell: (NumberList | undefined)[];
  /** The same for texts of rows whose cells are short; undefined where a cell has no short form. */
  readonly #shortOfCell: (ShortTexts | undefined)[];
  readonly #agentCoders: readonly TextCoder[];
  readonly #levels: TextCoder;
  readonly #kinds: NumberList;
  /** By number of a level. */
  readonly #levelCodes: number[] = [];

  constructor() {
    for (const { name, type } of COLUMNS) {
      if (type === "text") this.#texts.set(name as TextColumnName, new TextCoder());
      else this.#numbers.set(name as NumberColumnName, new NumberList());
    }
    this.#textOfCell = ROW_COLUMNS.map((name) =>
      (TEXT_CELLS as readonly string[]).includes(name) ? this.text(name as TextColumnName) : undefined,
    );
    this.#numberOfCell = ROW_COLUMNS.map((name) =>
      (NUMBER_CELLS as readonly string[]).includes(name) ? this.number(name as NumberColumnName) : undefined,
    );
    this.#numberOfCell[0] = this.number("time");
    const shorts: Partial<Record<string, ShortTexts>> = {
      method: shortMethods(this.text("method")),
      protocol: shortProtocols(this.text("protocol")),
      path_template: new ShortTemplates(this.text("path_template"), this.text("path")),
    };
    this.#shortOfCell = ROW_COLUMNS.map((name) => shorts[name]);
    this.#agentCoders = AGENT_COLUMNS.map((name) => this.text(name));
    this.#levels = this.text("level");
    this.#kinds = this.number("kind");
  }

  /**
   * A column of texts. `at(row)` is the number of a row's text (NO_TEXT: it has none), `textOf` tells the text: counting numbers
   * and asking for each text once is far cheaper than counting texts. A text has more than one number only where many texts
   * collide (MAX_PROBES of text-dictionary.ts).
   *
   * The columns are those of a segment (core/segment/columns.ts); `path_template` is absent where it is the path itself, and the
   * message where it is the request line (see `kind` in core/row.ts).
   */
  text(name: TextColumnName): TextCoder {
    return this.#texts.get(name)!;
  }

  /** A column of numbers, NaN where a row has none. `time` is epoch milliseconds. */
  number(name: NumberColumnName): NumberList {
    return this.#numbers.get(name)!;
  }

  /** Throws a SyntaxError where packed rows are no JSON. */
  add(rows: Rows | PackedRows): void {
    const first = this.length;
    if ("rowBytes" in rows) this.#addPacked(rows);
    else this.#addCells(rows);
    const seqs = "rowBytes" in rows ? rows.firstSeq : rows.seqs;
    const [shards, places] = [this.number("shard"), this.number("seq")];
    for (let row = first; row < this.length; row++) {
      shards.put(row, rows.shard);
      places.put(row, typeof seqs === "number" ? seqs + row - first : seqs[row - first]!);
    }
  }

  /** All rows by time, shard and seq, in groups of at most GROUP_ROWS. */
  *groups(): Generator<GroupData> {
    const [time, shard, seq] = (["time", "shard", "seq"] as const).map((name) =>
      this.number(name).take(undefined, this.length),
    );
    if (!time || !shard || !seq) return;
    let order = rowOrder({ time, shard, seq });
    if (this.length > GROUP_ROWS) order ??= Uint32Array.from(time, (_, row) => row);
    for (let from = 0; from < this.length; from += GROUP_ROWS)
      yield this.#take(order?.subarray(from, from + GROUP_ROWS));
  }

  #take(order: Uint32Array | undefined): GroupData {
    const data: Partial<Record<string, NumberData | TextData | undefined>> = {};
    for (const [name, list] of this.#numbers) data[name] = list.take(order, this.length);
    for (const [name, coder] of this.#texts) data[name] = coder.take(order, this.length);
    return data as GroupData;
  }

  #addPacked({ rowBytes, agentBytes }: PackedRows): void {
    const agents = this.#readAgents(agentBytes);
    const reader = new CellReader(rowBytes);
    while (reader.nextRow()) {
      const row = this.length++;
      let isShortRow = false;
      for (let cell = reader.nextCell(); cell !== END; cell = reader.nextCell()) {
        if (reader.isText) {
          const short = isShortRow ? this.#shortOfCell[cell] : undefined;
          const coder = this.#textOfCell[cell];
          if (short) short.putCode(row, reader.text(short.dictionary));
          else if (coder) coder.putCode(row, reader.text(coder.dictionary));
          else this.#addRest(row, reader.string());
        } else {
          const number = reader.number();
          const list = this.#numberOfCell[cell];
          if (list) list.put(row, number);
          else if (cell === KIND_CELL) isShortRow = this.#addKind(row, number);
          else if (cell === AGENT_CELL) this.#addAgent(row, agents.get(number));
          else if (cell === LEVEL_CELL) this.#addLevel(row, number);
        }
      }
    }
  }

  #readAgents(bytes: Uint8Array): Map<number, AgentCodes> {
    const agents = new Map<number, AgentCodes>();
    const reader = new CellReader(bytes);
    while (reader.nextRow()) {
      let id = 0;
      const codes: (number | undefined)[] = [];
      for (let cell = reader.nextCell(); cell !== END; cell = reader.nextCell()) {
        if (cell === 0) id = reader.number();
        else codes[cell - 1] = reader.text(this.#agentCoders[cell - 1]!.dictionary);
      }
      agents.set(id, codes);
    }
    return agents;
  }

  #addCells({ rows, agents }: Rows): void {
    const known = new Map<number, AgentCodes>();
    for (const [id, ...texts] of agents)
      known.set(
        id,
        texts.map((text, at) => (text === null ? undefined : this.#agentCoders[at]!.dictionary.codeOf(text))),
      );
    for (const cells of rows) {
      const row = this.length++;
      let isShortRow = false;
      for (let cell = 0; cell < cells.length; cell++) {
        const value = cells[cell]!;
        if (value === null) continue;
        if (typeof value === "string") {
          const short = isShortRow ? this.#shortOfCell[cell] : undefined;
          const coder = this.#textOfCell[cell];
          if (short) short.putCode(row, short.dictionary.codeOf(value));
          else if (coder) coder.put(row, value);
          else if (cell === REST_CELL) this.#addRest(row, value);
        } else {
          const list = this.#numberOfCell[cell];
          if (list) list.put(row, value);
          else if (cell === KIND_CELL) isShortRow = this.#addKind(row, value);
          else if (cell === AGENT_CELL) this.#addAgent(row, known.get(value));
          else if (cell === LEVEL_CELL) this.#addLevel(row, value);
        }
      }
    }
  }

  /** Columns have whole texts, so it says nothing of short ones. @returns whether the row has such */
  #addKind(row: number, kind: number): boolean {
    const isShortRow = isShort(kind);
    this.#kinds.put(row, isShortRow ? kind & ~SHORT_BIT : kind);
    return isShortRow;
  }

  #addAgent(row: number, codes: AgentCodes | undefined): void {
    if (!codes) return;
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at];
      if (code !== undefined) this.#agentCoders[at]!.putCode(row, code);
    }
  }

  #addLevel(row: number, level: number): void {
    this.#levelCodes[level] ??= this.#levels.dictionary.codeOf(LEVELS[level]!);
    this.#levels.putCode(row, this.#levelCodes[level]!);
  }

  #addRest(row: number, rest: string): void {
    for (const [field, value] of Object.entries(JSON.parse(rest) as Record<string, string>)) {
      const name = REST_COLUMNS[field];
      if (name) this.text(name).put(row, value);
    }
  }
}
