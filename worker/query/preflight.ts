import { dollarsOf } from "../../core/query/dollars-of.ts";
import { type FoundSegment, foundSegments, prunedSegments, selectSegments } from "../archive/segments-of.ts";
import { askShards, type Env } from "../env.ts";
import type { Question } from "./question.ts";
import { servicesOf, unsettledServices } from "./services-of.ts";
import { summaryParts } from "./summary-parts.ts";

/** What a question will touch, at most: known from statistics, without reading a record. */
export interface Preflight {
  /** Of the range, whatever the filter. */
  records: number;
  tiers: {
    /** Acknowledged and not stored yet, of all times. */
    memory: { records: number };
    database: { rows: number; costDollars: number };
    /** After leaving out what the filter cannot match. */
    archive: { objects: number; records: number; bytes: number; costDollars: number };
  };
  rowsToRead: number;
  bytesToRead: number;
  costDollars: number;
}

const SERVICES_A_BATCH = 100;
/** An object is read by its footer, then by columns of its row groups. */
const READS_AN_OBJECT = 10;

/**
 * @param limit how many records are asked for; without a filter no more rows are read. Undefined: all
 */
export async function preflight(
  env: Env,
  question: Question,
  limit: number | undefined,
  nowMs: number,
): Promise<Preflight> {
  const { service, filter } = question;
  const [services, memory, { parts }] = await Promise.all([
    servicesOf(env, service),
    heldRecords(env, service, nowMs),
    summaryParts(env, { ...question, stepMs: Number.POSITIVE_INFINITY, only: new Set() }, nowMs),
  ]);
  const records = parts.reduce((sum, { summary }) => sum + summary.count, 0);
  const segments = await segmentsOf(env, services, question);
  const read = await prunedSegments(env.DB, segments, filter, nowMs);
  const archived = segments.reduce((sum, each) => sum + (each.coldMs > each.maxMs ? each.records : 0), 0);
  const stored = Math.max(0, records - archived);
  const rows = filter || limit === undefined ? stored : Math.min(stored, services.length * (limit + 1));
  const bytes = read.reduce((sum, segment) => sum + segment.bytes, 0);
  const database = { rows, costDollars: dollarsOf({ rows }) };
  const archive = {
    objects: read.length,
    records: read.reduce((sum, segment) => sum + segment.records, 0),
    bytes,
    costDollars: dollarsOf({ objects: read.length * READS_AN_OBJECT }),
  };
  return {
    records,
    tiers: { memory: { records: memory }, database, archive },
    rowsToRead: rows + memory + archive.records,
    bytesToRead: bytes,
    costDollars: database.costDollars + archive.costDollars,
  };
}

async function heldRecords(env: Env, service: string | undefined, nowMs: number): Promise<number> {
  const unsettled = await unsettledServices(env, service, nowMs);
  const held = await Promise.all(
    unsettled.map((name) => askShards(env, name, async (stream) => (await stream.status()).unconfirmed)),
  );
  return held.flat().reduce((sum, unconfirmed) => sum + unconfirmed, 0);
}

async function segmentsOf(env: Env, services: readonly string[], question: Question): Promise<FoundSegment[]> {
  const segments: FoundSegment[] = [];
  for (let from = 0; from < services.length; from += SERVICES_A_BATCH) {
    const group = services.slice(from, from + SERVICES_A_BATCH);
    const results = await env.DB.batch(group.map((service) => selectSegments(env.DB, service, question)));
    results.forEach((result, at) => {
      segments.push(...foundSegments(group[at]!, result.results));
    });
  }
  return segments;
}
