import { MessageReader } from "../protobuf/reader.ts";
import { type Labelled, lokiEntry, serviceLabelOf } from "./json.ts";
import { labelsOf } from "./labels.ts";

/**
 * The entries of a push in protobuf; undefined where it is broken.
 *
 * PushRequest {1: Stream}, Stream {1: labels as text, 2: Entry}, Entry {1: Timestamp {1: s, 2: ns}, 2: line, 3: LabelPair {1: name,
 * 2: value}}. Source: pkg/push/push.proto of grafana/loki.
 */
export function lokiProtobufEntries(bytes: Uint8Array): Labelled[] | undefined {
  const entries: Labelled[] = [];
  const push = new MessageReader(bytes);
  while (push.next()) {
    if (push.field !== 1) push.skip();
    else if (!readStream(push.message(), entries)) return undefined;
  }
  return push.isBroken ? undefined : entries;
}

function readStream(stream: MessageReader, entries: Labelled[]): boolean {
  let labels: Record<string, unknown> = {};
  const messages: MessageReader[] = [];
  while (stream.next()) {
    if (stream.field === 1) labels = labelsOf(stream.text());
    else if (stream.field === 2) messages.push(stream.message());
    else stream.skip();
  }
  const service = serviceLabelOf(labels);
  for (const message of messages) {
    const entry = readEntry(message, labels);
    if (entry === undefined) return false;
    entries.push([service, entry]);
  }
  return !stream.isBroken;
}

function readEntry(reader: MessageReader, labels: Record<string, unknown>): Labelled[1] | undefined {
  let line = "";
  let timeNs: bigint | undefined;
  let metadata: Record<string, unknown> | undefined;
  while (reader.next()) {
    if (reader.field === 1) timeNs = readTimestamp(reader.message());
    else if (reader.field === 2) line = reader.text();
    else if (reader.field === 3) {
      metadata ??= {};
      readPair(reader.message(), metadata);
    } else reader.skip();
  }
  return reader.isBroken ? undefined : lokiEntry(labels, line, timeNs, metadata);
}

function readTimestamp(reader: MessageReader): bigint {
  let nanos = 0n;
  while (reader.next()) {
    if (reader.field === 1) nanos += BigInt(reader.int64()) * 1_000_000_000n;
    else if (reader.field === 2) nanos += BigInt(reader.int64());
    else reader.skip();
  }
  return nanos;
}

function readPair(reader: MessageReader, into: Record<string, unknown>): void {
  let name = "";
  let value = "";
  while (reader.next()) {
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 2) value = reader.text();
    else reader.skip();
  }
  if (name !== "" && name !== "__proto__") into[name] = value;
}
