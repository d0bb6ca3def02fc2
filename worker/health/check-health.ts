import type { StreamReport } from "../../durable-objects/overview.ts";
import { type Env, metersOf, overviewOf } from "../env.ts";

export interface Check {
  /** database, control, archive, overview, meters, delivery, dead_letters. */
  name: string;
  ok: boolean;
  tookMs: number;
  /** What is wrong, in words. */
  detail?: string;
}

/** A part that has not answered after this long is not well. */
const ANSWER_WITHIN_MS = 5_000;
/** Records wait a second or two; this long, and neither queue nor consumer can be working. */
export const MAX_LAG_MS = 300_000;

/** Asks every part at once. Never throws: what a part throws is its finding. */
export async function checkHealth(env: Env, nowMs: number): Promise<Check[]> {
  const reports = overviewOf(env).reports() as unknown as Promise<{ reports: StreamReport[] }>;
  return Promise.all([
    check("database", () => env.DB.prepare("SELECT 1 FROM services LIMIT 1").all()),
    check("control", () => env.CONTROL.prepare("SELECT 1 FROM settings LIMIT 1").all()),
    check("archive", () => env.ARCHIVE.head("no-such-object")),
    check("overview", () => reports),
    check("meters", () => metersOf(env).sums()),
    check("delivery", async () => lagOf((await reports).reports, nowMs)),
    check("dead_letters", async () => deadLettersOf((await reports).reports)),
  ]);
}

/** The queue has nothing to be asked; what it and its consumer leave lying tells how they are. */
export function lagOf(reports: readonly StreamReport[], nowMs: number): string | undefined {
  const late = reports.filter(
    ({ unconfirmed, oldestUnconfirmedMs }) => unconfirmed > 0 && nowMs - (oldestUnconfirmedMs ?? nowMs) > MAX_LAG_MS,
  );
  return late.length === 0
    ? undefined
    : `records of ${late.length} streams wait for more than ${MAX_LAG_MS / 1_000} s: ${namesOf(late)}`;
}

function deadLettersOf(reports: readonly StreamReport[]): string | undefined {
  const failed = reports.filter(({ deadLetters }) => (deadLetters ?? 0) > 0);
  return failed.length === 0 ? undefined : `messages wait for a person: ${namesOf(failed)}, see /api/dead-letters`;
}

const namesOf = (reports: readonly StreamReport[]): string =>
  reports
    .slice(0, 5)
    .map(({ service, shard }) => `${service}/${shard}`)
    .join(", ");

/** @param ask resolves with a text where something is wrong */
async function check(name: string, ask: () => Promise<unknown>): Promise<Check> {
  const startMs = Date.now();
  const late = scheduler.wait(ANSWER_WITHIN_MS).then(() => `no answer in ${ANSWER_WITHIN_MS} ms`);
  const found = await Promise.race([ask(), late]).catch(String);
  const detail = typeof found === "string" ? found : undefined;
  return { name, ok: detail === undefined, tookMs: Date.now() - startMs, ...(detail ? { detail } : {}) };
}
