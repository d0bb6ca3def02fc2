import type { FieldEntry } from "../../record.ts";

/** An entry with the words for its service. */
export type Labelled = [service: string | undefined, entry: FieldEntry];

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Labels that name a service, the most telling first; what Grafana's own agents set as `service_name` is the rule. */
const SERVICE_LABELS = ["service_name", "service", "app", "application", "container", "job", "unit"];

export function serviceLabelOf(labels: Json): string | undefined {
  for (const name of SERVICE_LABELS) {
    const value = labels[name];
    if (typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

/** One line of a stream with everything that is known around it. */
export function lokiEntry(
  labels: Json,
  line: string,
  timeNs: bigint | undefined,
  metadata: Json | undefined,
): FieldEntry {
  return { fields: metadata === undefined ? labels : { ...labels, ...metadata }, text: line, timeNs };
}

/** The entries of a push in JSON: `{"streams":[{"stream":{labels},"values":[["<ns>","line",{metadata}]]}]}`. */
export function lokiJsonEntries(push: Json): Labelled[] {
  const entries: Labelled[] = [];
  for (const stream of Array.isArray(push.streams) ? push.streams : []) {
    if (!isObject(stream) || !Array.isArray(stream.values)) continue;
    const labels = isObject(stream.stream) ? stream.stream : {};
    const service = serviceLabelOf(labels);
    for (const value of stream.values) {
      if (!Array.isArray(value) || typeof value[1] !== "string") continue;
      entries.push([
        service,
        lokiEntry(labels, value[1], nanosOf(value[0]), isObject(value[2]) ? value[2] : undefined),
      ]);
    }
  }
  return entries;
}

/** Nanoseconds come as text; some clients send the number, which JSON has rounded already. */
function nanosOf(value: unknown): bigint | undefined {
  if (typeof value === "string") return /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined;
  return typeof value === "number" && Number.isFinite(value) ? BigInt(Math.round(value)) : undefined;
}
