import type { Pages } from "./pages.ts";

/** A question that stops at an offset whose page must be loaded before it goes on. */
export type Reading<Value> = Generator<number, Value, void>;

/** Lets a question run, and loads what it stops for. */
export async function loading<Value>(pages: Pages, reading: Reading<Value>): Promise<Value> {
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    await pages.load(step.value);
  }
}

export interface Table {
  nodeCount: number;
  /** Bits of one of the two records of a node: 24, 28 or 32. */
  recordSize: number;
  ipVersion: number;
}

/** Source: MaxMind DB File Format Specification 2.0; the marker stands in the last 128 KB. */
const MARKER = [0xab, 0xcd, 0xef, ...[..."MaxMind.com"].map((letter) => letter.charCodeAt(0))];
const MAX_METADATA = 131_072;
const DATA_SEPARATOR = 16;
const MAX_DEPTH = 12;

function* byte(pages: Pages, offset: number): Reading<number> {
  let value = pages.byteAt(offset);
  while (value === undefined) {
    yield offset;
    value = pages.byteAt(offset);
  }
  return value;
}

function* unsigned(pages: Pages, offset: number, length: number): Reading<number> {
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + (yield* byte(pages, offset + i));
  return value;
}

/** undefined where a file is no such table. */
export function* readTable(pages: Pages): Reading<Table | undefined> {
  const first = Math.max(0, pages.size - MAX_METADATA);
  for (let at = pages.size - MARKER.length; at >= first; at--) {
    let matched = 0;
    while (matched < MARKER.length && (yield* byte(pages, at + matched)) === MARKER[matched]) matched++;
    if (matched < MARKER.length) continue;
    const { value } = yield* valueAt(pages, at + MARKER.length, at + MARKER.length, 0);
    const { node_count, record_size, ip_version } = (value ?? {}) as Record<string, unknown>;
    if (typeof node_count !== "number" || typeof record_size !== "number" || typeof ip_version !== "number")
      return undefined;
    if (![24, 28, 32].includes(record_size)) return undefined;
    return { nodeCount: node_count, recordSize: record_size, ipVersion: ip_version };
  }
  return undefined;
}

/** What a table says of an address given as bits; undefined where it says nothing. */
export function* readEntry(pages: Pages, table: Table, bits: readonly number[]): Reading<unknown> {
  let node = 0;
  // IPv4 lies at the end of 96 zeros in a table for both.
  const path = bits.length === 32 && table.ipVersion === 6 ? [...Array<number>(96).fill(0), ...bits] : bits;
  for (const bit of path) {
    if (node >= table.nodeCount) break;
    node = yield* childOf(pages, table, node, bit);
  }
  if (node <= table.nodeCount) return undefined;
  const treeBytes = (table.nodeCount * table.recordSize) / 4;
  return (yield* valueAt(pages, node - table.nodeCount + treeBytes, treeBytes + DATA_SEPARATOR, 0)).value;
}

function* childOf(pages: Pages, { recordSize }: Table, node: number, bit: number): Reading<number> {
  const bytes = recordSize / 4;
  const at = node * bytes;
  if (recordSize !== 28) return yield* unsigned(pages, at + bit * (bytes / 2), bytes / 2);
  const middle = yield* byte(pages, at + 3);
  const high = bit === 0 ? middle >> 4 : middle & 0x0f;
  return high * 2 ** 24 + (yield* unsigned(pages, at + bit * 4, 3));
}

interface Decoded {
  value: unknown;
  next: number;
}

const TYPES = { extended: 0, pointer: 1, text: 2, map: 7, list: 11, boolean: 14 } as const;
/** Types of unsigned numbers that fit. */
const UNSIGNED = new Set([5, 6, 9]);

function* valueAt(pages: Pages, offset: number, dataStart: number, depth: number): Reading<Decoded> {
  const control = yield* byte(pages, offset);
  let type = control >> 5;
  let at = offset + 1;
  if (type === TYPES.pointer) return yield* pointedAt(pages, control, at, dataStart, depth);
  if (type === TYPES.extended) type = 7 + (yield* byte(pages, at++));
  let size = control & 0x1f;
  if (size >= 29) {
    const bytes = size - 28;
    size = [29, 285, 65_821][bytes - 1]! + (yield* unsigned(pages, at, bytes));
    at += bytes;
  }
  if (depth > MAX_DEPTH) return { value: undefined, next: at };
  if (type === TYPES.map) return yield* mapAt(pages, at, size, dataStart, depth);
  if (type === TYPES.list) return yield* listAt(pages, at, size, dataStart, depth);
  if (type === TYPES.boolean) return { value: size !== 0, next: at };
  if (type === TYPES.text) return { value: yield* textAt(pages, at, size), next: at + size };
  const value = UNSIGNED.has(type) && size <= 6 ? yield* unsigned(pages, at, size) : undefined;
  return { value, next: at + size };
}

function* pointedAt(pages: Pages, control: number, at: number, dataStart: number, depth: number): Reading<Decoded> {
  const bytes = ((control >> 3) & 3) + 1;
  const low = yield* unsigned(pages, at, bytes);
  const target = bytes === 4 ? low : (control & 7) * 256 ** bytes + low + [0, 2_048, 526_336][bytes - 1]!;
  if (depth > MAX_DEPTH) return { value: undefined, next: at + bytes };
  return { value: (yield* valueAt(pages, dataStart + target, dataStart, depth + 1)).value, next: at + bytes };
}

function* mapAt(pages: Pages, start: number, size: number, dataStart: number, depth: number): Reading<Decoded> {
  const map: Record<string, unknown> = {};
  let at = start;
  for (let i = 0; i < size; i++) {
    const key = yield* valueAt(pages, at, dataStart, depth + 1);
    const item = yield* valueAt(pages, key.next, dataStart, depth + 1);
    if (typeof key.value === "string" && key.value !== "__proto__") map[key.value] = item.value;
    at = item.next;
  }
  return { value: map, next: at };
}

function* listAt(pages: Pages, start: number, size: number, dataStart: number, depth: number): Reading<Decoded> {
  const list: unknown[] = [];
  let at = start;
  for (let i = 0; i < size; i++) {
    const item = yield* valueAt(pages, at, dataStart, depth + 1);
    list.push(item.value);
    at = item.next;
  }
  return { value: list, next: at };
}

const utf8 = new TextDecoder();

function* textAt(pages: Pages, start: number, size: number): Reading<string> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = yield* byte(pages, start + i);
  return utf8.decode(bytes);
}
