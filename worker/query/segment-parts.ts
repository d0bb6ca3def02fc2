import { LogRecord } from "../../core/record.ts";
import type { ColumnName, NumberColumnName, TextColumnName } from "../../core/segment/columns.ts";
import type { GroupReader } from "../../core/segment/group-reader.ts";
import { numberAt, textAt } from "../../core/segment/record-at.ts";
import { placesOf } from "../../core/segment/selection.ts";
import { addCount } from "../../core/summary/add-count.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { addRecord } from "../../core/summary/summary.ts";
import type { FoundSegment } from "../archive/segments-of.ts";
import type { Env } from "../env.ts";
import type { PartsByStep } from "./parts-by-step.ts";
import { type ScanOutcome, type SegmentScan, scanSegments } from "./scan-segments.ts";

/** What a section of a summary is made of: fields of a record and the columns that hold them. */
const FIELDS_OF: Record<SectionName, readonly (readonly [keyof LogRecord, ColumnName])[]> = {
  levels: [["level", "level"]],
  statuses: [["status", "status"]],
  bytes: [["bytes", "bytes"]],
  durations: [["durationMs", "duration_ms"]],
  ips: [["ip", "ip"]],
  users: [
    ["userId", "user_id"],
    ["user", "user"],
  ],
  path: [["path", "path"]],
  pathTemplate: [["pathTemplate", "path_template"]],
  ip: [["ip", "ip"]],
  country: [["country", "country"]],
  browser: [["browser", "browser"]],
  os: [["os", "os"]],
  device: [["device", "device"]],
  bot: [["bot", "bot"]],
  method: [["method", "method"]],
  referrer: [["referrer", "referrer"]],
  event: [["event", "event"]],
  host: [["host", "host"]],
  app: [["app", "app"]],
};
const NUMBERS = new Set<ColumnName>(["status", "bytes", "duration_ms"]);

/** Adds the archived records that a question finds to its parts; reads the columns that the asked sections are made of. */
export function addSegmentParts(
  env: Env,
  segments: readonly FoundSegment[],
  scan: Omit<SegmentScan, "order">,
  only: ReadonlySet<SectionName>,
  parts: PartsByStep,
): Promise<ScanOutcome> {
  const fields = [...new Map([...only].flatMap((section) => FIELDS_OF[section])).entries()];
  const hasTemplates = only.has("pathTemplate");
  const columns: ColumnName[] = [
    "time",
    ...fields.map(([, column]) => column),
    ...(hasTemplates ? (["path"] as const) : []),
  ];
  const isCount = (group: GroupReader): boolean => {
    const { min, max } = group.rangeOf("time");
    return only.size === 0 && parts.isOneStep(min!, max!);
  };
  const columnsOf = (group: GroupReader): readonly ColumnName[] => (isCount(group) ? [] : columns);
  return scanSegments(env, segments, { ...scan, order: "newest", columnsOf }, async ({ group, rows, count }) => {
    if (isCount(group)) {
      addCount(parts.at(group.rangeOf("time").min!), { count });
      return;
    }
    await group.load(columns);
    const times = group.number("time");
    // One record for all of them: what is added to a summary is its values.
    const record = new LogRecord();
    const readers = fields.map(([field, column]) => readerOf(group, field, column));
    for (const at of placesOf(rows, group.rows)) {
      for (const [field, read] of readers) (record as unknown as Record<string, unknown>)[field] = read(at);
      if (hasTemplates) record.pathTemplate ??= textAt(group, "path", at);
      addRecord(parts.at(times[at]!), record);
    }
  });
}

function readerOf(
  group: GroupReader,
  field: keyof LogRecord,
  column: ColumnName,
): [keyof LogRecord, (at: number) => unknown] {
  if (group.isEmpty(column)) return [field, () => undefined];
  if (NUMBERS.has(column)) return [field, (at) => numberAt(group, column as NumberColumnName, at)];
  return [field, (at) => textAt(group, column as TextColumnName, at)];
}
