import { ask } from "../api.ts";
import type { Figures } from "../figure.ts";
import type { Server } from "../with-server.ts";
import type { Stored } from "./store.ts";

/** What other stores were asked for over the same lines: about one line in 65 has it. */
const WORD = "GPTBot";
const TWO = encodeURIComponent("status:>=500 coupons");

type Answer = { total?: { count: number }; partial?: boolean; records?: unknown[]; answeredFrom?: string };

interface Question {
  name: string;
  path: (range: string) => string;
  /** What an answer has to be for its time to count. */
  isRight: (answer: Answer, lines: number) => boolean;
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
    path: (range) => `logs?${range}&q=${WORD}&limit=50`,
    isRight: ({ records }) => records!.length === 50,
  },
  {
    name: "newest 50 errors with a word",
    path: (range) => `logs?${range}&q=${TWO}&limit=50`,
    isRight: ({ records }) => records!.length > 0,
  },
  {
    name: "newest 50 of what is nowhere",
    path: (range) => `logs?${range}&q=zanzibarium&limit=50`,
    isRight: ({ records }) => records!.length === 0,
  },
  {
    name: "count of records with a word",
    path: (range) => `stats?${range}&step=1d&only=count&q=${WORD}`,
    isRight: ({ total, partial }) => total!.count > 0 && !partial,
  },
  {
    name: "all figures of records with a word",
    path: (range) => `stats?${range}&step=1d&q=${WORD}`,
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
  for (const { name, path, isRight } of QUESTIONS) {
    const times: number[] = [];
    for (let run = -1; run < runs; run++) {
      const askedMs = performance.now();
      const answer = await ask<Answer>(server, `/api/${path(range)}`);
      if (run >= 0) times.push(performance.now() - askedMs);
      if (!isRight(answer, lines)) throw new Error(`${name}: ${JSON.stringify(answer).slice(0, 300)}`);
    }
    figures.add(`${name}, ${lines / 1e6} million ${service}`, times, "ms");
  }
}
