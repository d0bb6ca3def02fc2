import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";

// Thrift's compact protocol, as far as Parquet's headers need it:
// https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
const TRUE = 1;
const FALSE = 2;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** A field's value with its type; undefined fields are left out. */
export type ThriftValue =
  | { i32: number }
  | { i64: number }
  | { bool: boolean }
  | { binary: Uint8Array | string }
  | { list: readonly ThriftValue[] }
  | { struct: ThriftStruct };
/** Fields by number, ascending. */
export type ThriftStruct = { readonly [field: number]: ThriftValue | undefined };

const encoder = new TextEncoder();

export function writeStruct(writer: ByteWriter, struct: ThriftStruct): void {
  let last = 0;
  for (const key in struct) {
    const value = struct[key];
    if (value === undefined) continue;
    const field = Number(key);
    const type = "bool" in value ? (value.bool ? TRUE : FALSE) : typeOf(value);
    if (field - last <= 15) writer.byte(((field - last) << 4) | type);
    else {
      writer.byte(type);
      writer.zigzag(field);
    }
    if (!("bool" in value)) writeValue(writer, value);
    last = field;
  }
  writer.byte(0);
}

function typeOf(value: ThriftValue): number {
  if ("i32" in value) return I32;
  if ("i64" in value) return I64;
  if ("binary" in value) return BINARY;
  if ("list" in value) return LIST;
  return "struct" in value ? STRUCT : TRUE;
}

function writeValue(writer: ByteWriter, value: ThriftValue): void {
  if ("i32" in value) writer.zigzag(value.i32);
  else if ("i64" in value) writer.zigzag(value.i64);
  else if ("binary" in value) {
    const bytes = typeof value.binary === "string" ? encoder.encode(value.binary) : value.binary;
    writer.varint(bytes.length);
    writer.append(bytes);
  } else if ("list" in value) {
    const { list } = value;
    const type = list.length === 0 ? STRUCT : typeOf(list[0]!);
    if (list.length < 15) writer.byte((list.length << 4) | type);
    else {
      writer.byte(0xf0 | type);
      writer.varint(list.length);
    }
    for (const item of list) writeValue(writer, item);
  } else if ("struct" in value) writeStruct(writer, value.struct);
}

/** What was read: numbers, booleans, bytes, lists and structs by field number. */
export type Thrift = number | boolean | Uint8Array | Thrift[] | ThriftFields;
export type ThriftFields = { [field: number]: Thrift };

export function readStruct(reader: ByteReader): ThriftFields {
  const fields: ThriftFields = {};
  let field = 0;
  for (;;) {
    const header = reader.byte();
    if (header === 0) return fields;
    const type = header & 15;
    field = header >> 4 === 0 ? reader.zigzag() : field + (header >> 4);
    fields[field] = type === TRUE ? true : type === FALSE ? false : readValue(reader, type);
  }
}

function readValue(reader: ByteReader, type: number): Thrift {
  switch (type) {
    case TRUE:
    case FALSE:
      return reader.byte() === TRUE;
    case 3:
      return reader.byte();
    case 4:
    case I32:
    case I64:
      return reader.zigzag();
    case 7:
      return reader.float64();
    case BINARY:
      return reader.take(reader.varint());
    case LIST: {
      const header = reader.byte();
      const count = header >> 4 === 15 ? reader.varint() : header >> 4;
      const list: Thrift[] = [];
      for (let at = 0; at < count; at++) list.push(readValue(reader, header & 15));
      return list;
    }
    case STRUCT:
      return readStruct(reader);
    default:
      throw new RangeError(`no thrift type ${type} stands in a Parquet header`);
  }
}
