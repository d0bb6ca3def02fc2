import { setAttr } from "../../fields/bounded.ts";
import type { FieldEntry } from "../../record.ts";
import type { Labelled } from "../loki/json.ts";

export type Attributes = Record<string, unknown>;

/** What log records share: where they come from, and which library wrote them. */
export interface Origin {
  resource: Attributes;
  scope: Attributes | undefined;
}

/** One LogRecord, JSON and protobuf alike. Times are epoch nanoseconds, 0 where unknown. */
export interface OtlpRecord {
  timeNs: bigint;
  observedNs: bigint;
  /** 1-24; 0 where unspecified. */
  severityNumber: number;
  severityText: string;
  body: unknown;
  attributes: Attributes;
  traceId: string;
  spanId: string;
  /** W3C trace flags. */
  flags: number;
  eventName: string;
  droppedAttributes: number;
}

/**
 * A record under names that `recordOfFields` knows. Attributes keep their names; the resource and the scope stay together under
 * theirs, except what names the service and the machine.
 *
 * Source: OpenTelemetry logs data model, semantic conventions for service.* and host.*.
 */
export function otlpEntry(record: OtlpRecord, { resource, scope }: Origin): Labelled {
  const { "service.name": service, "host.name": host, "process.pid": pid, ...restOfResource } = resource;
  const fields: Attributes = { ...record.attributes };
  const put = (name: string, value: unknown): void => {
    if (value !== undefined && value !== "" && !Object.hasOwn(fields, name)) fields[name] = value;
  };
  put("service.name", service);
  put("host.name", host);
  put("process.pid", pid);
  if (record.severityNumber > 0) put("severity_number", record.severityNumber);
  else put("severity_text", record.severityText);
  put("trace_id", record.traceId.toLowerCase());
  put("span_id", record.spanId.toLowerCase());
  put("event_name", record.eventName);
  if (record.flags !== 0) put("trace_flags", record.flags);
  if (record.droppedAttributes > 0) put("dropped_attributes_count", record.droppedAttributes);
  if (Object.keys(restOfResource).length > 0) put("resource", restOfResource);
  if (scope !== undefined && Object.keys(scope).length > 0) put("scope", scope);
  const entry: FieldEntry = { fields };
  putBody(entry, record.body);
  const timeNs = record.timeNs || record.observedNs;
  if (timeNs !== 0n) entry.timeNs = timeNs;
  return [typeof service === "string" ? service : undefined, entry];
}

/** A text is a line; an object's fields stand beside the attributes, which win; anything else is kept as `body`. */
function putBody(entry: FieldEntry, body: unknown): void {
  if (typeof body === "string") entry.text = body;
  else if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    for (const [key, value] of Object.entries(body))
      if (!Object.hasOwn(entry.fields, key)) setAttr(entry.fields, key, value);
  } else if (body !== undefined && body !== null) entry.fields.body = body;
}
