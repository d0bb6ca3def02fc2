import { scopeKey } from "../address/scope.ts";
import type { TopAnswer } from "./answers.ts";
import { inTurn } from "./ask-queue.ts";
import { ask } from "./client.ts";
import { type Scope, scopeQuery } from "./questions.ts";

interface TopsAnswer {
  tops: Record<string, TopAnswer>;
}

/** Lists of one scope and length, in one request: the server reads statistics, or the records that a filter finds, once for all. */
interface Request {
  dimensions: Set<string>;
  /** How many still want an answer; without any the request ends. */
  wanted: number;
  abort: AbortController;
  answer: Promise<TopsAnswer>;
}

/** Requests that wait for their turn; further lists come with them. */
const waiting = new Map<string, Request>();

/** Name of the turn (dashboard/api/ask-queue.ts) in which lists of that scope and length are asked for. */
export const turnOfTops = (scope: Scope, limit: number): string => `tops ${limit} ${scopeKey(scope)}`;

/** The most frequent values of a dimension. Lists that are wanted while a request waits for its turn come with it. */
export async function askTop(scope: Scope, dimension: string, limit: number, signal: AbortSignal): Promise<TopAnswer> {
  const turn = turnOfTops(scope, limit);
  const request = waiting.get(turn) ?? send(turn, scope, limit);
  request.dimensions.add(dimension);
  request.wanted++;
  signal.addEventListener("abort", () => {
    if (--request.wanted > 0) return;
    // Nobody may join what has ended.
    if (waiting.get(turn) === request) waiting.delete(turn);
    request.abort.abort();
  });
  return (await request.answer).tops[dimension]!;
}

function send(turn: string, scope: Scope, limit: number): Request {
  const dimensions = new Set<string>();
  const abort = new AbortController();
  const { signal } = abort;
  const askNow = () => {
    waiting.delete(turn);
    return ask<TopsAnswer>("/api/top", {
      query: { ...scopeQuery(scope), limit, dimensions: [...dimensions].join(",") },
      signal,
    });
  };
  const request = { dimensions, wanted: 0, abort, answer: inTurn({ name: turn }, askNow, signal) };
  waiting.set(turn, request);
  return request;
}
