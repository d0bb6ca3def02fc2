import type { FiguresJson } from "../../core/stats/bucket-json.ts";
import { ADDITIVE, hourColumns, hourSummaries, minuteFigures, type ReadHour } from "../../core/stats/hour-minutes.ts";
import { decodeSummary } from "../../core/summary/decode-summary.ts";
import { type MinutesUse, planReading, type Reading, rollupStep } from "../../core/summary/plan-reading.ts";
import type { KnownRollups } from "../../core/summary/plan-rollups.ts";
import { ROLLUP_STEPS_MS, type RollupStepMs, STEPS_MS, type StepMs } from "../../core/summary/steps.ts";
import { hoursOf, selectLedger, unstoredParts } from "./held-parts.ts";
import type { HeldStatistics } from "./held-statistics.ts";
import { type AnswerPart, MergedParts } from "./merged-parts.ts";
import type { PartsQuestion } from "./summary-parts.ts";
import { summaryText } from "./summary-text.ts";

const [MINUTE_MS] = STEPS_MS;
const [, HOUR_MS] = ROLLUP_STEPS_MS;

interface PartRow {
  stepMs: StepMs | RollupStepMs;
  startMs: number;
  text: string;
}

/** Minutes whose figures are known without their parts. */
export interface ToldMinutes {
  /** By the start of the minute; the empty ones of their hours too. */
  figures: ReadonlyMap<number, FiguresJson>;
  /** What they add to the total of the range; their steps and beginnings say nothing. */
  parts: AnswerPart[];
}

const SERVICE_ID = "(SELECT id FROM services WHERE name = ?1)";

/** Reads what is stored of the parts of a question, service by service. */
export class PartsReader {
  /** How a reading is to be planned. */
  readonly plan: { longestMs: number; minutes: MinutesUse };
  readonly #db: D1Database;
  readonly #question: PartsQuestion;
  readonly #selectRollups: string;
  readonly #selectParts: string;
  readonly #selectMinutes: string;
  readonly #figures = new Map<number, FiguresJson>();
  readonly #toldParts = new MergedParts(Number.POSITIVE_INFINITY);

  constructor(db: D1Database, question: PartsQuestion) {
    this.#db = db;
    this.#question = question;
    const { only, stepMs } = question;
    const columns = hourColumns(only);
    const minutes = columns === undefined ? "unread" : useOf(question);
    this.plan = { longestMs: minutes === "told" ? HOUR_MS : rollupStep(stepMs), minutes };
    const text = summaryText(only);
    this.#selectRollups = `SELECT r.step_ms AS stepMs, r.start_ms AS startMs, ${text} AS text FROM json_each(?2) k
CROSS JOIN rollups r ON r.service_id = ${SERVICE_ID} AND r.step_ms = k.value ->> 0 AND r.start_ms = k.value ->> 1`;
    this.#selectParts = `SELECT s.step_ms AS stepMs, s.start_ms AS startMs, ${text} AS text FROM json_each(?2) k
CROSS JOIN summaries s ON s.service_id = ${SERVICE_ID} AND s.step_ms = k.value ->> 0 AND s.start_ms > k.value ->> 1 AND s.start_ms < k.value ->> 2`;
    this.#selectMinutes = `SELECT m.start_ms AS startMs, ${columns?.map((name) => `m.${name}`).join(", ")} FROM json_each(?2) k
CROSS JOIN hour_minutes m ON m.service_id = ${SERVICE_ID} AND m.start_ms = k.value`;
  }

  /** @param held what the streams have: minutes to which something may come are not told, but read */
  readingOf({ rollups, toldHours }: KnownRollups, held: readonly HeldStatistics[]): Reading {
    const hidden = this.plan.minutes === "told" ? hoursOf(held) : new Set<number>();
    return planReading(
      { rollups, toldHours: new Set([...toldHours].filter((hour) => !hidden.has(hour))) },
      this.#question,
      this.plan,
    );
  }

  /** To be asked in one transaction. */
  statements(service: string, reading: Reading, held: readonly HeldStatistics[]): D1PreparedStatement[] {
    const { rollups, parts, hours } = reading;
    const asked: [select: string, keys: readonly unknown[]][] = [
      [this.#selectParts, parts],
      [this.#selectRollups, rollups.map(({ stepMs, startMs }) => [stepMs, startMs])],
      [this.#selectMinutes, hours],
    ];
    return [
      ...asked
        .filter(([, keys]) => keys.length > 0)
        .map(([select, keys]) => this.#db.prepare(select).bind(service, JSON.stringify(keys))),
      ...(held.length > 0 ? [selectLedger(this.#db, service, held)] : []),
    ];
  }

  /** Takes what the statements gave; false where a roll-up is not there any more, and nothing was taken. */
  add(reading: Reading, held: readonly HeldStatistics[], given: readonly D1Result[], parts: MergedParts): boolean {
    const results = [...given];
    const rowsOf = <Row>(keys: readonly unknown[]): Row[] =>
      keys.length > 0 ? (results.shift()!.results as Row[]) : [];
    const partRows = rowsOf<PartRow>(reading.parts);
    const rollups = rowsOf<PartRow>(reading.rollups);
    const hours = rowsOf<ReadHour>(reading.hours);
    if (rollups.length < reading.rollups.length || hours.length < reading.hours.length) return false;
    this.#addHours(hours, parts);
    const told = new Set(this.plan.minutes === "told" ? reading.hours : []);
    for (const { stepMs, startMs, text } of [...partRows, ...rollups]) {
      const isTold = stepMs <= HOUR_MS && told.has(Math.floor(startMs / HOUR_MS) * HOUR_MS);
      this.#addText(isTold ? this.#toldParts : parts, stepMs, startMs, text);
    }
    if (held.length > 0)
      for (const [stepMs, startMs, text] of unstoredParts(held, results[0]!, this.#question))
        this.#addText(parts, stepMs, startMs, text);
    return true;
  }

  #addText(parts: MergedParts, stepMs: StepMs | RollupStepMs, startMs: number, text: string): void {
    const summary = decodeSummary(text, this.#question.only);
    if (summary.ok) parts.add(stepMs, startMs, summary.value);
  }

  told(): ToldMinutes | undefined {
    return this.plan.minutes === "told" ? { figures: this.#figures, parts: this.#toldParts.all() } : undefined;
  }

  #addHours(hours: readonly ReadHour[], parts: MergedParts): void {
    const { stepMs, mergeMs = stepMs } = this.#question;
    for (const hour of hours) {
      if (this.plan.minutes === "told")
        for (const [minuteMs, figures] of minuteFigures(hour, this.#question)) this.#figures.set(minuteMs, figures);
      else
        for (const { startMs, summary } of hourSummaries(hour, this.#question, mergeMs))
          parts.add(MINUTE_MS, startMs, summary);
    }
  }
}

/** Sketches of several services cannot be told as figures, and neither can a step that has several minutes. */
function useOf({ service, stepMs, mergeMs, only }: PartsQuestion): MinutesUse {
  if ([...only].every((name) => ADDITIVE.has(name))) return "counted";
  return service !== undefined && stepMs === MINUTE_MS && mergeMs === undefined ? "told" : "unread";
}
