import { setAttr } from "../../fields/bounded.ts";
import type { Labelled } from "../loki/json.ts";
import { MessageReader } from "../protobuf/reader.ts";
import { type Attributes, type Origin, type OtlpRecord, otlpEntry } from "./entry.ts";
import { readKeyValue, readValue } from "./value.ts";

/**
 * The log records of an ExportLogsServiceRequest in protobuf; undefined where it is broken.
 *
 * Source: opentelemetry-proto v1, logs.proto, common.proto, resource.proto (field numbers in the calls).
 */
export function otlpProtobufEntries(bytes: Uint8Array): Labelled[] | undefined {
  const entries: Labelled[] = [];
  const request = new MessageReader(bytes);
  while (request.next()) {
    if (request.field !== 1) request.skip();
    else if (!readResourceLogs(request.message(), entries)) return undefined;
  }
  return request.isBroken ? undefined : entries;
}

function readResourceLogs(reader: MessageReader, entries: Labelled[]): boolean {
  let resource: Attributes = {};
  const scopeLogs: MessageReader[] = [];
  while (reader.next()) {
    if (reader.field === 1) resource = readAttributes(reader.message(), 1);
    else if (reader.field === 2) scopeLogs.push(reader.message());
    else reader.skip();
  }
  return !reader.isBroken && scopeLogs.every((scope) => readScopeLogs(scope, resource, entries));
}

function readScopeLogs(reader: MessageReader, resource: Attributes, entries: Labelled[]): boolean {
  let scope: Attributes | undefined;
  const records: MessageReader[] = [];
  while (reader.next()) {
    if (reader.field === 1) scope = readScope(reader.message());
    else if (reader.field === 2) records.push(reader.message());
    else reader.skip();
  }
  const origin: Origin = { resource, scope };
  for (const message of records) {
    const record = readRecord(message);
    if (message.isBroken) return false;
    entries.push(otlpEntry(record, origin));
  }
  return !reader.isBroken;
}

function readScope(reader: MessageReader): Attributes {
  const scope: Attributes = {};
  const attributes: Attributes = {};
  while (reader.next()) {
    if (reader.field === 1) scope.name = reader.text();
    else if (reader.field === 2) scope.version = reader.text();
    else if (reader.field === 3) putPair(attributes, reader);
    else reader.skip();
  }
  for (const name of ["name", "version"]) if (scope[name] === "") delete scope[name];
  if (Object.keys(attributes).length > 0) scope.attributes = attributes;
  return scope;
}

function readRecord(reader: MessageReader): OtlpRecord {
  const record: OtlpRecord = {
    timeNs: 0n,
    observedNs: 0n,
    severityNumber: 0,
    severityText: "",
    body: undefined,
    attributes: {},
    traceId: "",
    spanId: "",
    flags: 0,
    eventName: "",
    droppedAttributes: 0,
  };
  while (reader.next()) readRecordField(reader, record);
  return record;
}

function readRecordField(reader: MessageReader, record: OtlpRecord): void {
  switch (reader.field) {
    case 1:
      record.timeNs = reader.fixed64();
      return;
    case 2:
      record.severityNumber = reader.varint();
      return;
    case 3:
      record.severityText = reader.text();
      return;
    case 5:
      record.body = readValue(reader.message());
      return;
    case 6:
      putPair(record.attributes, reader);
      return;
    case 7:
      record.droppedAttributes = reader.varint();
      return;
    case 8:
      record.flags = reader.fixed32();
      return;
    case 9:
      record.traceId = hexOf(reader.bytes());
      return;
    case 10:
      record.spanId = hexOf(reader.bytes());
      return;
    case 11:
      record.observedNs = reader.fixed64();
      return;
    case 12:
      record.eventName = reader.text();
      return;
    default:
      reader.skip();
  }
}

function readAttributes(reader: MessageReader, field: number): Attributes {
  const attributes: Attributes = {};
  while (reader.next()) {
    if (reader.field === field) putPair(attributes, reader);
    else reader.skip();
  }
  return attributes;
}

function putPair(attributes: Attributes, reader: MessageReader): void {
  const { key, value } = readKeyValue(reader.message());
  setAttr(attributes, key, value);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** An id of zeros is no id. */
function hexOf(bytes: Uint8Array): string {
  if (bytes.length > 16 || bytes.every((byte) => byte === 0)) return "";
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}
