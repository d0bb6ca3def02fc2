import { COUNTED } from "../../core/summary/dimensions.ts";
import { planWithout } from "../../core/summary/plan-reading.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { type HeldStatistics, heldStatistics, MAX_READ_BYTES } from "./held-statistics.ts";
import { type AnswerPart, MergedParts } from "./merged-parts.ts";
import { PartsReader, type ToldMinutes } from "./parts-reader.ts";
import { rollupKeys } from "./rollup-keys.ts";
import { servicesABatch } from "./services-a-batch.ts";
import { servicesOf, unsettledServices } from "./services-of.ts";

/** What statistics count and nobody can find any more; hardly ever a row. ?1: JSON array of names of services. */
const SELECT_FORGOTTEN = `SELECT coalesce(sum(f.records), 0) AS records FROM json_each(?1) n CROSS JOIN services s ON s.name = n.value
CROSS JOIN forgotten f ON f.service_id = s.id AND f.start_ms >= ?2 AND f.start_ms < ?3`;

export interface PartsQuestion extends TimeRange {
  service: string | undefined;
  /** Ten minutes, hours and days that fit into steps of this length are read as one. */
  stepMs: number;
  /** Parts of one step of this length come as one; the same where absent. */
  mergeMs?: number;
  /** Of each part only these sections are read. */
  only: ReadonlySet<SectionName>;
}

export interface PartsAnswer {
  parts: AnswerPart[];
  /** Only where one service is asked for by the minute. */
  told: ToldMinutes | undefined;
  rowsRead: number;
  forgotten: number;
  /** The streams hold more than one question reads. */
  isPartial: boolean;
}

/** Asked so often again; then the parts themselves are read, which cannot be gone. */
const MAX_TRIES = 3;

/**
 * Every summary part that overlaps the range: of the streams' unconfirmed packs and of the database, each record once.
 *
 * Streams first, then ledger and summaries in one transaction: a pack that the ledger has by then is in the summaries. Which roll-ups
 * there are is asked beside the streams; where one is gone by the transaction, because something came for its time, it is asked again.
 */
export async function summaryParts(env: Env, question: PartsQuestion, nowMs: number): Promise<PartsAnswer> {
  const { service, fromMs, toMs, stepMs, mergeMs = stepMs, only } = question;
  const services = await servicesOf(env, service);
  // All services are one where there is one.
  const reader = new PartsReader(env.DB, { ...question, service: services.length === 1 ? services[0] : service });
  const parts = new MergedParts(mergeMs);
  const atOnce = servicesABatch(question, stepMs, only);
  const keysOf = (names: readonly string[]) => rollupKeys(env.DB, names, question, reader.plan);
  const [firstKeys, streams] = await Promise.all([
    keysOf(services.slice(0, atOnce)),
    heldOfServices(env, question, nowMs),
  ]);
  let rowsRead = 0;
  let forgotten = 0;
  for (let from = 0; from < services.length; from += atOnce) {
    let group = services.slice(from, from + atOnce);
    let known = from === 0 ? firstKeys : await keysOf(group);
    for (let tries = 1; group.length > 0; tries++) {
      rowsRead += known.rowsRead;
      const reads = group.map((name, at) => {
        const held = streams.held.get(name) ?? [];
        return {
          ...{ name, held },
          reading: tries > MAX_TRIES ? planWithout(question) : reader.readingOf(known.keys[at]!, held),
        };
      });
      const statements = reads.map(({ name, reading, held }) => reader.statements(name, reading, held));
      const [forgottenOf, ...results] = await env.DB.batch([
        env.DB.prepare(SELECT_FORGOTTEN).bind(JSON.stringify(group), fromMs, toMs),
        ...statements.flat(),
      ]);
      if (tries === 1) forgotten += (forgottenOf!.results[0] as { records: number }).records;
      for (const { meta } of results) rowsRead += meta.rows_read;
      group = reads
        .filter(({ reading, held }, at) => !reader.add(reading, held, results.splice(0, statements[at]!.length), parts))
        .map(({ name }) => name);
      if (group.length > 0) known = await keysOf(group);
    }
  }
  return { parts: parts.all(), told: reader.told(), rowsRead, forgotten, isPartial: streams.isPartial };
}

async function heldOfServices(
  env: Env,
  question: PartsQuestion,
  nowMs: number,
): Promise<{ held: Map<string, HeldStatistics[]>; isPartial: boolean }> {
  const held = new Map<string, HeldStatistics[]>();
  const withValues = COUNTED.some((dimension) => question.only.has(dimension));
  const room = { bytes: MAX_READ_BYTES };
  let isPartial = false;
  const unsettled = await unsettledServices(env, question.service, nowMs);
  await Promise.all(
    unsettled.map(async (name) => {
      const found = await heldStatistics(env, name, { ...question, withValues }, room);
      held.set(name, found.held);
      isPartial ||= found.isCut;
    }),
  );
  return { held, isPartial };
}
