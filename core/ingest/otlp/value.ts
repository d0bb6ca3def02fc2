import { setAttr } from "../../fields/bounded.ts";
import { textOfBytes } from "../base64.ts";
import type { MessageReader } from "../protobuf/reader.ts";

/** Deeper values are left out; attributes keep 8 levels, and a message may not nest for ever. */
const MAX_DEPTH = 32;

/** AnyValue {1: string, 2: bool, 3: int64, 4: double, 5: ArrayValue {1}, 6: KeyValueList {1}, 7: bytes}. */
export function readValue(reader: MessageReader, depth = 0): unknown {
  let value: unknown = null;
  while (reader.next()) {
    if (reader.field === 1) value = reader.text();
    else if (reader.field === 2) value = reader.varint() !== 0;
    else if (reader.field === 3) value = exact(reader.int64());
    else if (reader.field === 4) value = reader.double();
    else if (reader.field === 5 && depth < MAX_DEPTH) value = readList(reader.message(), depth + 1);
    else if (reader.field === 6 && depth < MAX_DEPTH) value = readPairs(reader.message(), depth + 1);
    else if (reader.field === 7) value = textOfBytes(reader.bytes());
    else reader.skip();
  }
  return value;
}

/** KeyValue {1: key, 2: AnyValue}. */
export function readKeyValue(reader: MessageReader, depth = 0): { key: string; value: unknown } {
  const pair: { key: string; value: unknown } = { key: "", value: null };
  while (reader.next()) {
    if (reader.field === 1) pair.key = reader.text();
    else if (reader.field === 2) pair.value = readValue(reader.message(), depth);
    else reader.skip();
  }
  return pair;
}

function readList(reader: MessageReader, depth: number): unknown[] {
  const list: unknown[] = [];
  while (reader.next()) {
    if (reader.field === 1) list.push(readValue(reader.message(), depth));
    else reader.skip();
  }
  return list;
}

function readPairs(reader: MessageReader, depth: number): Record<string, unknown> {
  const pairs: Record<string, unknown> = {};
  while (reader.next()) {
    if (reader.field !== 1) reader.skip();
    else {
      const { key, value } = readKeyValue(reader.message(), depth);
      setAttr(pairs, key, value);
    }
  }
  return pairs;
}

/** A text where a number would lose digits. */
const exact = (value: number | bigint): number | string => (typeof value === "bigint" ? String(value) : value);
