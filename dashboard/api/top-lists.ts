import type { TopAnswer } from "./answers.ts";
import { inTurn } from "./ask-queue.ts";
import { ask } from "./client.ts";
import { type Scope, scopeQuery } from "./questions.ts";

interface TopsAnswer {
  tops: Record<string, TopAnswer>;
}

/** Lists of one scope and length, in one request: the server reads statistics, or the records that a filter finds, once for all. */
class TopLists {
  readonly #scope: Scope;
  readonly #limit: number;
  readonly #dimensions = new Set<string>();
  readonly #abort = new AbortController();
  readonly #onClose: () => void;
  readonly #answer: Promise<TopsAnswer>;
  #wanted = 0;

  /** @param onClose no further list can come with it */
  constructor(turn: string, scope: Scope, limit: number, onClose: () => void) {
    this.#scope = scope;
    this.#limit = limit;
    this.#onClose = onClose;
    this.#answer = this.#send(turn);
  }

  /** Once nobody wants any of the lists, the request ends. */
  async list(dimension: string, signal: AbortSignal): Promise<TopAnswer> {
    this.#dimensions.add(dimension);
    this.#wanted++;
    const leave = () => {
      if (--this.#wanted > 0) return;
      this.#onClose();
      this.#abort.abort();
    };
    signal.addEventListener("abort", leave, { once: true });
    const { tops } = await this.#answer;
    signal.removeEventListener("abort", leave);
    return tops[dimension]!;
  }

  #send(turn: string): Promise<TopsAnswer> {
    const { signal } = this.#abort;
    return inTurn(
      { name: turn },
      () => {
        this.#onClose();
        const query = { ...scopeQuery(this.#scope), limit: this.#limit, dimensions: [...this.#dimensions].join(",") };
        return ask<TopsAnswer>("/api/top", { query, signal });
      },
      signal,
    );
  }
}

const waiting = new Map<string, TopLists>();

/** Name of the turn (dashboard/api/ask-queue.ts) in which lists of that scope and length are asked for. */
export const turnOfTops = (scope: Scope, limit: number): string => `tops ${limit} ${JSON.stringify(scopeQuery(scope))}`;

/** The most frequent values of a dimension. Lists that are wanted while a request waits for its turn come with it. */
export function askTop(scope: Scope, dimension: string, limit: number, signal: AbortSignal): Promise<TopAnswer> {
  const turn = turnOfTops(scope, limit);
  let lists = waiting.get(turn);
  if (!lists) {
    const mine = new TopLists(turn, scope, limit, () => {
      if (waiting.get(turn) === mine) waiting.delete(turn);
    });
    lists = mine;
    waiting.set(turn, mine);
  }
  return lists.list(dimension, signal);
}
