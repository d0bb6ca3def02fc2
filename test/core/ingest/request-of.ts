import type { Decoded, IngestRequest, Outcome, Protocol } from "../../../core/ingest/protocol.ts";
import { parseEntry } from "../../../core/parse/parse-entry.ts";
import type { Entry, LogRecord } from "../../../core/record.ts";

export const NOW_MS = Date.UTC(2026, 10, 22, 3, 0, 0);

export const NOTHING_REFUSED: Outcome = { accepted: 1, dropped: {}, refused: [] };

interface Given {
  method?: string;
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export function requestOf({
  method = "POST",
  path = "/",
  query = {},
  headers = {},
  body = "",
}: Given = {}): IngestRequest {
  return {
    method,
    path,
    query: (name) => query[name],
    header: (name) => headers[name],
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
    nowMs: NOW_MS,
  };
}

/** What a protocol makes of a request that it must understand. */
export function decoded(protocol: Protocol, given: Given): Decoded {
  const result = protocol.decode(requestOf(given));
  if (!result.ok) throw new Error(`${result.reason}: ${result.detail}`);
  return result.value;
}

export function recordOf(entry: Entry | undefined, declaredJson?: boolean): Partial<LogRecord> {
  const parsed = parseEntry(entry ?? "", { nowMs: NOW_MS, zone: "UTC", durationUnit: "ms", declaredJson });
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

/** The records of a request, one after the other, without what is absent. */
export function recordsOf(protocol: Protocol, given: Given): Record<string, unknown>[] {
  return decoded(protocol, given).batches.flatMap(({ service, entries, declaredJson }) =>
    entries.map((entry) => ({ service, ...present(recordOf(entry, declaredJson)) })),
  );
}

const present = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** Protobuf, written by hand: a field is [number, value]; a list is a message, a bigint a fixed64, a number a varint. */
export type Field = [number, string | number | bigint | Uint8Array | Field[]];

export function message(fields: Field[]): Uint8Array {
  const bytes: number[] = [];
  for (const [number, value] of fields) {
    if (typeof value === "number") bytes.push(...varint(number * 8), ...varint(value));
    else if (typeof value === "bigint") {
      bytes.push(...varint(number * 8 + 1));
      for (let i = 0n; i < 64n; i += 8n) bytes.push(Number((value >> i) & 0xffn));
    } else {
      const inner =
        typeof value === "string" ? new TextEncoder().encode(value) : Array.isArray(value) ? message(value) : value;
      bytes.push(...varint(number * 8 + 2), ...varint(inner.length), ...inner);
    }
  }
  return Uint8Array.from(bytes);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 128)) bytes.push((left & 0x7f) | 0x80);
  return [...bytes, left];
}

/** A snappy block that compresses nothing: one literal. */
export function snappyLiteral(bytes: Uint8Array): Uint8Array {
  const size = bytes.length - 1;
  return Uint8Array.from([...varint(bytes.length), 61 << 2, size & 0xff, size >> 8, ...bytes]);
}
