import { ask } from "../../../bench/api.ts";
import type { Server } from "../../../bench/with-server.ts";
import { everyRecord } from "../stored.ts";
import type { PreparedState } from "./prepared-state.ts";

const DAY_MS = 86_400_000;
const DIMENSIONS = "path,ip,status,method,browser,level";

/** What a service answers, without what says where the answer came from. */
export interface Answers {
  /** Every record, by the name that it has for ever. */
  records: Map<string, string>;
  /** Statistics and top lists, by what was asked. */
  figures: Map<string, string>;
  /** How many records statistics count, of all days together. */
  count: number;
}

/** Reads every record page by page, and asks for counts, statuses, latency and tops: by the minute, and by the day. */
export async function answersOf(server: Server, service: string, { fromMs, days }: PreparedState): Promise<Answers> {
  const records = new Map<string, string>();
  for (const { shard, seq, source: _, ...fields } of await everyRecord(server, service)) {
    const name = `${shard}/${seq}`;
    // Twice is as wrong as not at all, and a map would hide it.
    records.set(records.has(name) ? `${name} again` : name, JSON.stringify(fields));
  }
  const figures = new Map<string, string>();
  let count = 0;
  const toMs = fromMs + days * DAY_MS;
  const questions = [
    `stats?from=${fromMs}&to=${toMs}&step=1d`,
    `top?from=${fromMs}&to=${toMs}&limit=100&dimensions=${DIMENSIONS}`,
  ];
  for (let dayMs = fromMs; dayMs < toMs; dayMs += DAY_MS)
    questions.push(`stats?from=${dayMs}&to=${dayMs + DAY_MS}&step=1m`);
  for (const question of questions) {
    const answer = await ask<{ step?: number; total?: { count: number } }>(
      server,
      `/api/${question}&service=${service}`,
    );
    if (answer.step === DAY_MS) count = answer.total!.count;
    figures.set(
      question,
      JSON.stringify(answer, (key, value) => (PROVENANCE.has(key) ? undefined : value)),
    );
  }
  return { records, figures, count };
}

const PROVENANCE = new Set(["answeredFrom", "scanned"]);

/** What is different, in words; empty where nothing is. */
export function differences(is: Answers, should: Answers): string[] {
  const wrong: string[] = [];
  const tell = (what: string, names: readonly string[]): void => {
    if (names.length > 0) wrong.push(`${names.length} ${what} (${names.slice(0, 3).join(", ")})`);
  };
  tell(
    "records lost",
    [...should.records.keys()].filter((name) => !is.records.has(name)),
  );
  tell(
    "records too many",
    [...is.records.keys()].filter((name) => !should.records.has(name)),
  );
  tell(
    "records changed",
    [...should.records]
      .filter(([name, text]) => is.records.has(name) && is.records.get(name) !== text)
      .map(([name]) => name),
  );
  tell(
    "answers changed",
    [...should.figures].filter(([question, text]) => is.figures.get(question) !== text).map(([question]) => question),
  );
  return wrong;
}

/** What a cut removal may have left: records that are gone already, and nothing but these. */
export function differencesWhileRemoving(is: Answers, before: Answers, after: Answers): string[] {
  const wrong: string[] = [];
  for (const [name, text] of before.records) {
    const mayBeGone = !after.records.has(name);
    if (is.records.has(name) ? is.records.get(name) !== text : !mayBeGone) wrong.push(`record ${name} lost or changed`);
  }
  for (const name of is.records.keys()) if (!before.records.has(name)) wrong.push(`record ${name} came from nowhere`);
  return wrong.length > 3 ? [`${wrong.length} records wrong: ${wrong.slice(0, 3).join(", ")}`] : wrong;
}
