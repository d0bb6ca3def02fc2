import { ask } from "../api.ts";
import type { Server } from "../with-server.ts";

const RUNS = 9;

interface Answer {
  partial?: boolean;
  buckets?: { count: number }[];
  total?: { count: number };
  values?: unknown[];
  records?: unknown[];
}

export interface Answered {
  /** As the peers' scripts call it. */
  metric: string;
  tookMs: number[];
  rows: number;
  /** It says itself that it is not the whole answer. */
  isPartial: boolean;
}

/** The questions that the peers are asked too; how many rows of theirs an answer is worth, of a count the count itself. */
const QUESTIONS: readonly { metric: string; path: string; rowsOf: (answer: Answer) => number | undefined }[] = [
  {
    metric: "q1_minutes",
    path: "/api/stats?from=0&step=1m",
    rowsOf: ({ buckets }) => buckets?.filter(({ count }) => count > 0).length,
  },
  { metric: "q2_status", path: "/api/top/status?from=0&limit=100", rowsOf: ({ values }) => values?.length },
  { metric: "q3_top10", path: "/api/top/path?from=0&limit=10", rowsOf: ({ values }) => values?.length },
  { metric: "q4_search_count", path: "/api/stats?from=0&step=1d&q=GPTBot", rowsOf: ({ total }) => total?.count },
  {
    metric: "q5_search_latest50",
    path: `/api/logs?from=0&limit=50&q=${encodeURIComponent("status:>=500 coupons")}`,
    rowsOf: ({ records }) => records?.length,
  },
];

/** Each question once for the caches, as the peers are asked, and then some times. */
export async function answersOf(server: Server, service: string): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const { metric, path, rowsOf } of QUESTIONS) {
    const address = `${path}&service=${service}`;
    let answer = await ask<Answer>(server, address);
    const tookMs: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const startMs = performance.now();
      answer = await ask<Answer>(server, address);
      tookMs.push(performance.now() - startMs);
    }
    const rows = rowsOf(answer);
    if (rows === undefined) throw new Error(`${address} answered ${JSON.stringify(answer).slice(0, 300)}`);
    answered.push({ metric, tookMs, rows, isPartial: answer.partial === true });
  }
  return answered;
}
