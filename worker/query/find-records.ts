import { predicateOf } from "../../core/query/predicate-of.ts";
import type { PlacedRecord, RecordJson, Source } from "../../core/record-json.ts";
import { recordJson } from "../../core/record-json.ts";
import type { ColumnName } from "../../core/segment/columns.ts";
import type { Env } from "../env.ts";
import { comparePlaces, cursorOf, type Place } from "./cursor.ts";
import { hotRecords, type Order } from "./hot-records.ts";
import { memoryRecords } from "./memory-records.ts";
import type { Question } from "./question.ts";
import { segmentRecords } from "./segment-records.ts";
import { servicesOf } from "./services-of.ts";

export interface FoundRecords {
  records: RecordJson[];
  /** Asks for what comes next; absent at the end. */
  cursor?: string;
  /** Rows and records looked at. */
  scanned: number;
  /** Records of the range in the archive that needed no look: by what is known of them they cannot match, or enough was found before. */
  skipped: number;
  sources: { memory: number; hot: number; segments: number };
  /** Some that match may be missing. */
  partial?: true;
}

export interface RecordsQuestion extends Question {
  limit: number;
  order: Order;
  after: Place | undefined;
  /** The next page is about to be asked for. */
  isPaged?: boolean;
  /** Of archived records no more than these need be told. */
  columns?: readonly ColumnName[];
}

/** Records of the streams' memory, of the database and of the archive through one order; what is acknowledged is found at once. */
export async function findRecords(env: Env, question: RecordsQuestion, nowMs: number): Promise<FoundRecords> {
  const { service, filter, limit, order, after } = question;
  const services = await servicesOf(env, service);
  const memory = await memoryRecords(env, service, question, nowMs);
  const hot = await hotRecords(env, services, { ...question, limit: limit + 1, nowMs });

  const archived = await segmentRecords(env, hot.segments, { ...question, limit: limit + 1, nowMs });

  const matches = filter ? predicateOf(filter, nowMs) : () => true;
  const isAfter = (placed: PlacedRecord): boolean =>
    !after || signOf(order) * comparePlaces(placeOf(placed), after) > 0;
  const sources = new Map<string, Source>();
  for (const placed of hot.found) sources.set(nameOf(placed), "database");
  for (const placed of archived.found) sources.set(nameOf(placed), "archive");
  const fresh = memory.found.filter(
    (placed) => !sources.has(nameOf(placed)) && matches(placed.record, placed.service) && isAfter(placed),
  );
  const all = [...hot.found, ...archived.found, ...fresh].sort(
    (a, b) => signOf(order) * comparePlaces(placeOf(a), placeOf(b)),
  );
  const shown = all.slice(0, limit);
  const records = shown.map((placed) => recordJson(placed, sources.get(nameOf(placed)) ?? "memory"));
  const inArchive = hot.segments.reduce((sum, segment) => sum + segment.records, 0);
  const countOf = (source: Source): number => records.filter((record) => record.source === source).length;
  return {
    records,
    ...(all.length > limit ? { cursor: cursorOf(placeOf(shown.at(-1)!)) } : {}),
    scanned: hot.rowsRead + memory.found.length + archived.scanned,
    skipped: Math.max(0, inArchive - archived.scanned),
    sources: { memory: countOf("memory"), hot: countOf("database"), segments: countOf("archive") },
    ...(memory.isCut || archived.isPartial ? { partial: true } : {}),
  };
}

const signOf = (order: Order): 1 | -1 => (order === "newest" ? -1 : 1);
const nameOf = ({ service, shard, seq }: PlacedRecord): string => `${service}/${shard}/${seq}`;
const placeOf = ({ service, shard, seq, record }: PlacedRecord): Place => ({ tsMs: record.tsMs, service, shard, seq });
