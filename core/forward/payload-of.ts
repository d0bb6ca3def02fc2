import { ndjsonLine } from "../export/ndjson-line.ts";
import { rawOf } from "../parse/raw-of.ts";
import type { Level } from "../record.ts";
import { type PlacedRecord, recordJson } from "../record-json.ts";
import type { Forward } from "./forward.ts";

export interface Payload {
  contentType: string;
  body: string;
}

/** Records as the other side wants them. */
export function payloadOf(kind: Forward["kind"], records: readonly PlacedRecord[]): Payload {
  switch (kind) {
    case "http":
      return {
        contentType: "application/x-ndjson",
        body: records.map((placed) => ndjsonLine(recordJson(placed, "memory"))).join(""),
      };
    case "otlp":
      return { contentType: "application/json", body: JSON.stringify(otlpOf(records)) };
    case "loki":
      return { contentType: "application/json", body: JSON.stringify(lokiOf(records)) };
  }
}

/** Epoch nanoseconds as text: they do not fit a JavaScript number. */
const nanosOf = ({ record: { tsMs, subNs } }: PlacedRecord): string =>
  String(BigInt(tsMs) * 1_000_000n + BigInt(subNs ?? 0));

/** What is told of a record beside its time, level and text, under the names that OpenTelemetry has for them. */
const ATTRIBUTES = {
  method: "http.request.method",
  path: "url.path",
  pathTemplate: "http.route",
  status: "http.response.status_code",
  bytes: "http.response.body.size",
  durationMs: "duration_ms",
  ip: "client.address",
  user: "user.name",
  userAgent: "user_agent.original",
  referrer: "http.request.header.referer",
  country: "geo.country.iso_code",
  host: "host.name",
  app: "app",
  pid: "process.pid",
  userId: "user.id",
  sessionId: "session.id",
  event: "event.name",
} as const;

/** Severity numbers of the OpenTelemetry log data model. */
const SEVERITY: Record<Level, number> = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 };

function attributesOf({ record }: PlacedRecord): [name: string, value: unknown][] {
  const own = Object.entries(ATTRIBUTES).map(([field, name]): [string, unknown] => [
    name,
    record[field as keyof typeof ATTRIBUTES],
  ]);
  return [...own, ...Object.entries(record.attrs ?? {})].filter(([, value]) => value !== undefined && value !== null);
}

function otlpOf(records: readonly PlacedRecord[]): object {
  const service = records[0]?.service ?? "";
  return {
    resourceLogs: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: service } }] },
        scopeLogs: [{ scope: { name: "weir" }, logRecords: records.map(otlpRecordOf) }],
      },
    ],
  };
}

function otlpRecordOf(placed: PlacedRecord): object {
  const { level, message, traceId, spanId } = placed.record;
  return {
    timeUnixNano: nanosOf(placed),
    ...(level ? { severityNumber: SEVERITY[level], severityText: level.toUpperCase() } : {}),
    body: { stringValue: message ?? rawOf(placed.record) ?? "" },
    attributes: attributesOf(placed).map(([key, value]) => ({ key, value: otlpValueOf(value) })),
    ...(isHex(traceId, 32) ? { traceId } : {}),
    ...(isHex(spanId, 16) ? { spanId } : {}),
  };
}

const isHex = (text: string | undefined, length: number): boolean =>
  text?.length === length && /^[0-9a-f]+$/i.test(text);

function otlpValueOf(value: unknown): object {
  switch (typeof value) {
    case "boolean":
      return { boolValue: value };
    case "number":
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    case "string":
      return { stringValue: value };
    default:
      return { stringValue: JSON.stringify(value) };
  }
}

/** One stream a level: labels are few by design there, everything else is structured metadata. */
function lokiOf(records: readonly PlacedRecord[]): object {
  const streams = new Map<string, [time: string, line: string, metadata: Record<string, string>][]>();
  for (const placed of records) {
    const level = placed.record.level ?? "unknown";
    const line = rawOf(placed.record) ?? placed.record.message ?? ndjsonLine(recordJson(placed, "memory")).trimEnd();
    const metadata = Object.fromEntries(
      attributesOf(placed).map(([name, value]) => [name.replaceAll(/\W/g, "_"), textOf(value)]),
    );
    const entry: [string, string, Record<string, string>] = [nanosOf(placed), line, metadata];
    const known = streams.get(level);
    if (known) known.push(entry);
    else streams.set(level, [entry]);
  }
  const service = records[0]?.service ?? "";
  return {
    streams: [...streams].map(([level, values]) => ({ stream: { service_name: service, level }, values })),
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
