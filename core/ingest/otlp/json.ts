import { setAttr } from "../../fields/bounded.ts";
import type { Labelled } from "../loki/json.ts";
import { type Attributes, type Origin, type OtlpRecord, otlpEntry } from "./entry.ts";

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * The log records of an ExportLogsServiceRequest in JSON. Numbers of 64 bits come as texts or as numbers, ids as hex; names may
 * be those of the proto file too (`resource_logs`), as the JSON mapping asks of readers.
 */
export function otlpJsonEntries(request: Json): Labelled[] {
  const entries: Labelled[] = [];
  for (const resourceLogs of listOf(request.resourceLogs ?? request.resource_logs)) {
    const resource = attributesOf(isObject(resourceLogs.resource) ? resourceLogs.resource.attributes : undefined);
    const scopes = resourceLogs.scopeLogs ?? resourceLogs.scope_logs ?? resourceLogs.instrumentationLibraryLogs;
    for (const scopeLogs of listOf(scopes)) {
      const origin: Origin = { resource, scope: scopeOf(scopeLogs.scope ?? scopeLogs.instrumentationLibrary) };
      for (const log of listOf(scopeLogs.logRecords ?? scopeLogs.log_records ?? scopeLogs.logs))
        entries.push(otlpEntry(recordOf(log), origin));
    }
  }
  return entries;
}

function recordOf(log: Json): OtlpRecord {
  return {
    timeNs: nanosOf(log.timeUnixNano ?? log.time_unix_nano),
    observedNs: nanosOf(log.observedTimeUnixNano ?? log.observed_time_unix_nano),
    severityNumber: severityOf(log.severityNumber ?? log.severity_number),
    severityText: textIn(log.severityText ?? log.severity_text),
    body: anyValueOf(log.body),
    attributes: attributesOf(log.attributes),
    traceId: textIn(log.traceId ?? log.trace_id),
    spanId: textIn(log.spanId ?? log.span_id),
    flags: Number(log.flags ?? 0) || 0,
    eventName: textIn(log.eventName ?? log.event_name),
    droppedAttributes: Number(log.droppedAttributesCount ?? 0) || 0,
  };
}

/** As a text it is exact; as a number JSON has rounded it to 256 ns or so, and microseconds are all that it still says. */
function nanosOf(value: unknown): bigint {
  if (typeof value === "string") return /^\d{1,19}$/.test(value) ? BigInt(value) : 0n;
  if (typeof value !== "number" || !(value > 0) || value > 1e19) return 0n;
  return Number.isSafeInteger(value) ? BigInt(value) : BigInt(Math.round(value / 1_000)) * 1_000n;
}

/** An enum's number; `SEVERITY_NUMBER_WARN2` where a sender writes names. */
function severityOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return 0;
  const name = /^SEVERITY_NUMBER_([A-Z]+)([2-4]?)$/.exec(value);
  if (name === null) return Number(value) || 0;
  const at = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].indexOf(name[1]!);
  return at < 0 ? 0 : at * 4 + (Number(name[2]) || 1);
}

function scopeOf(value: unknown): Attributes | undefined {
  if (!isObject(value)) return undefined;
  const scope: Attributes = {};
  if (textIn(value.name) !== "") scope.name = value.name;
  if (textIn(value.version) !== "") scope.version = value.version;
  const attributes = attributesOf(value.attributes);
  if (Object.keys(attributes).length > 0) scope.attributes = attributes;
  return scope;
}

function attributesOf(list: unknown): Attributes {
  const attributes: Attributes = {};
  for (const { key, value } of listOf(list)) if (typeof key === "string") setAttr(attributes, key, anyValueOf(value));
  return attributes;
}

/** What an AnyValue holds. Nesting is that of the JSON text; attributes are cut later. */
function anyValueOf(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  if ("stringValue" in value) return value.stringValue;
  if ("boolValue" in value) return value.boolValue;
  if ("intValue" in value) return integerOf(value.intValue);
  if ("doubleValue" in value) return value.doubleValue;
  if ("bytesValue" in value) return value.bytesValue;
  if (isObject(value.arrayValue)) return listOf(value.arrayValue.values).map(anyValueOf);
  if (isObject(value.kvlistValue)) return attributesOf(value.kvlistValue.values);
  return null;
}

/** A text where a number would lose digits. */
function integerOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
