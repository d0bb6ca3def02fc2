import { decodeSummary } from "../../core/summary/decode-summary.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import type { StepMs } from "../../core/summary/steps.ts";
import type { SummaryPart } from "../../core/summary/summary-part.ts";
import type { TimeRange } from "../../core/time-range.ts";
import type { Env } from "../env.ts";
import { type HeldStatistics, heldStatistics, MAX_READ_BYTES } from "./held-statistics.ts";
import { MergedParts } from "./merged-parts.ts";
import { rollupStep, selectParts } from "./select-parts.ts";
import { servicesABatch } from "./services-a-batch.ts";
import { servicesOf, unsettledServices } from "./services-of.ts";
import { summaryText } from "./summary-text.ts";

interface SummaryRowOfTable {
  step_ms: StepMs;
  start_ms: number;
  summary: string;
}

interface LedgerRow {
  shard: number;
  first_seq: number;
  last_seq: number;
}

const SERVICE_ID = "(SELECT id FROM services WHERE name = ?1)";
// The first unconfirmed pack of a stream begins a message, so ranges from its seq on are all that can hold one. ?2 has these by shard.
const SELECT_LEDGER = `SELECT l.shard, l.first_seq, l.last_seq FROM json_each(?2) h
CROSS JOIN ledger l ON l.service_id = (SELECT id FROM services WHERE name = ?1) AND l.shard = h.value ->> 0 AND l.first_seq >= h.value ->> 1`;

/** What statistics count and nobody can find any more; hardly ever a row. */
const SELECT_FORGOTTEN = `SELECT coalesce(sum(records), 0) AS records FROM forgotten WHERE service_id = ${SERVICE_ID} AND start_ms >= ?2 AND start_ms < ?3`;

export interface PartsQuestion extends TimeRange {
  service: string | undefined;
  /** Hours and days that fit into steps of this length are read as one. */
  stepMs: number;
  /** Parts of one step of this length come as one; the same where absent. */
  mergeMs?: number;
  /** Of each part only these sections are read. */
  only: ReadonlySet<SectionName>;
}

/**
 * Every summary part that overlaps the range: of the streams' unconfirmed packs and of the database, each record once.
 *
 * Streams first, then ledger and summaries in one transaction: a pack that the ledger has by then is in the summaries.
 * `isPartial`: the streams hold more than one question reads.
 */
export async function summaryParts(
  env: Env,
  { service, fromMs, toMs, stepMs, mergeMs = stepMs, only }: PartsQuestion,
  nowMs: number,
): Promise<{ parts: SummaryPart[]; rowsRead: number; forgotten: number; isPartial: boolean }> {
  const [services, unsettled] = await Promise.all([servicesOf(env, service), unsettledServices(env, service, nowMs)]);
  const room = { bytes: MAX_READ_BYTES };
  const held = new Map<string, HeldStatistics[]>();
  let isPartial = false;
  await Promise.all(
    unsettled.map(async (name) => {
      const found = await heldStatistics(env, name, { fromMs, toMs }, room);
      held.set(name, found.held);
      isPartial ||= found.isCut;
    }),
  );
  const select = selectParts(SERVICE_ID, summaryText(only));
  const parts = new MergedParts(mergeMs);
  const addPart = (step: StepMs, startMs: number, text: string): void => {
    const summary = decodeSummary(text, only);
    if (summary.ok) parts.add(step, startMs, summary.value);
  };
  let rowsRead = 0;
  let forgotten = 0;
  const atOnce = servicesABatch({ fromMs, toMs }, stepMs, only);
  for (let from = 0; from < services.length; from += atOnce) {
    const group = services.slice(from, from + atOnce);
    const results = await env.DB.batch(
      group.flatMap((name) => [
        env.DB.prepare(SELECT_LEDGER).bind(name, firstHeldByShard(held.get(name) ?? [])),
        env.DB.prepare(select).bind(name, fromMs, toMs, rollupStep(stepMs)),
        env.DB.prepare(SELECT_FORGOTTEN).bind(name, fromMs, toMs),
      ]),
    );
    group.forEach((name, at) => {
      const [ledgerOf, partsOf, forgottenOf] = results.slice(at * 3, at * 3 + 3) as [D1Result, D1Result, D1Result];
      const ledger = ledgerOf.results as LedgerRow[];
      const rows = partsOf.results as SummaryRowOfTable[];
      rowsRead += ledgerOf.meta.rows_read + partsOf.meta.rows_read;
      forgotten += (forgottenOf.results[0] as { records: number }).records;
      for (const row of rows) addPart(row.step_ms, row.start_ms, row.summary);
      for (const { shard, firstSeq, rows: counted } of held.get(name) ?? []) {
        const isStored = ledger.some(
          (range) => range.shard === shard && range.first_seq <= firstSeq && firstSeq <= range.last_seq,
        );
        if (isStored) continue;
        for (const [step, startMs, text] of counted)
          if (startMs < toMs && startMs + step > fromMs) addPart(step, startMs, text);
      }
    });
  }
  return { parts: parts.all(), rowsRead, forgotten, isPartial };
}

/** JSON array of [shard, first seq held]. */
function firstHeldByShard(held: readonly HeldStatistics[]): string {
  const first = new Map<number, number>();
  for (const { shard, firstSeq } of held) if (!first.has(shard)) first.set(shard, firstSeq);
  return JSON.stringify([...first]);
}
