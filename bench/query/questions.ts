import { ask } from "../api.ts";
import type { Figures } from "../figure.ts";
import type { Server } from "../with-server.ts";
import type { Stored } from "./store.ts";

/** What other stores were asked for over the same lines: about one line in 65 has it. */
const WORD = "GPTBot";
const OTHER_WORD = "coupons";
const ERRORS = encodeURIComponent("status:>=500 ");

type Answer = { total?: { count: number }; partial?: boolean; records?: unknown[]; answeredFrom?: string };

interface Question {
  name: string;
  path: (range: string, turn: number) => string;
  /** What an answer has to be for its time to count. */
  isRight: (answer: Answer, lines: number) => boolean;
}

/** A spelling of its own for each turn: it finds the same, and nothing is remembered of it (worker/query/found-rows.ts). */
function spelled(word: string, turn: number): string {
  let letter = 0;
  return word.replace(/[a-z]/gi, (char) => ((turn >> letter++) & 1 ? char.toUpperCase() : char.toLowerCase()));
}

const fromSummaries = ({ answeredFrom }: Answer): boolean => answeredFrom === "summaries";

const QUESTIONS: readonly Question[] = [
  {
    name: "counts per minute",
    path: (range) => `stats?${range}&step=1m&only=count`,
    isRight: (answer, lines) =>
      fromSummaries(answer) && answer.total!.count <= lines && answer.total!.count > lines * 0.9,
  },
  { name: "all figures per minute", path: (range) => `stats?${range}&step=1m`, isRight: fromSummaries },
  { name: "all figures per hour", path: (range) => `stats?${range}&step=1h`, isRight: fromSummaries },
  { name: "counts per status", path: (range) => `top/status?${range}&limit=20`, isRight: fromSummaries },
  { name: "top 10 paths", path: (range) => `top/path?${range}&limit=10`, isRight: fromSummaries },
  {
    name: "newest 50 with a word",
    path: (range, turn) => `logs?${range}&q=${spelled(WORD, turn)}&limit=50`,
    isRight: ({ records }) => records!.length === 50,
  },
  {
    name: "newest 50 errors with a word",
    path: (range, turn) => `logs?${range}&q=${ERRORS}${spelled(OTHER_WORD, turn)}&limit=50`,
    isRight: ({ records }) => records!.length > 0,
  },
  {
    name: "newest 50 of what is nowhere",
    path: (range) => `logs?${range}&q=zanzibarium&limit=50`,
    isRight: ({ records }) => records!.length === 0,
  },
  {
    name: "count of records with a word",
    path: (range, turn) => `stats?${range}&step=1d&only=count&q=${spelled(WORD, turn)}`,
    isRight: ({ total, partial }) => total!.count > 0 && !partial,
  },
  {
    name: "the same count asked again",
    path: (range) => `stats?${range}&step=1d&only=count&q=${WORD}`,
    isRight: ({ total, partial }) => total!.count > 0 && !partial,
  },
  {
    name: "all figures of records with a word",
    path: (range, turn) => `stats?${range}&step=1d&q=${spelled(WORD, turn)}`,
    isRight: ({ total }) => total!.count > 0,
  },
];

/** Asks every question so many times, after once to warm up. A wrong answer is an error. */
export async function questions(
  figures: Figures,
  server: Server,
  { service, lines, fromMs, toMs }: Stored,
  runs: number,
): Promise<void> {
  const range = `service=${service}&from=${fromMs}&to=${toMs}`;
  let turn = 0;
  for (const { name, path, isRight } of QUESTIONS) {
    const times: number[] = [];
    for (let run = -1; run < runs; run++) {
      const askedMs = performance.now();
      const answer = await ask<Answer>(server, `/api/${path(range, ++turn)}`);
      if (run >= 0) times.push(performance.now() - askedMs);
      if (!isRight(answer, lines)) throw new Error(`${name}: ${JSON.stringify(answer).slice(0, 300)}`);
    }
    figures.add(`${name}, ${lines / 1e6} million ${service}`, times, "ms");
  }
}
