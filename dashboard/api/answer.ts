import { computed, effect, type Signal, signal, untracked } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { inTurn, took } from "./ask-queue.ts";
import { ApiFailure } from "./client.ts";
import { seedOf } from "./snapshot.ts";

/** What is known of an answer. `value` stays while it is asked for again, so that nothing flickers. */
interface AnswerState<Value> {
  value: Value | undefined;
  failure: ApiFailure | undefined;
  isAsking: boolean;
}

export interface Answer<Value> extends AnswerState<Value> {
  /** The value answers the question before this one; the new answer is on its way. */
  isEarlier: boolean;
  again: () => void;
}

export interface Pace {
  /** A text that follows signals: whenever it is another, the answer is out of date. */
  changes: () => string;
  /** Asked again at most this often. */
  everyMs: number;
  /** Name of the turn that the question takes by itself, together with others. Absent: it is asked in a turn of its own. */
  turn?: string;
  /** What the page is looked at for: nothing else is asked beside it. */
  isFirst?: boolean;
}

type Asker<Value> = (signal: AbortSignal) => Promise<Value>;

/** A page lets the server rest so many times as long as all its questions took: one page is never its main work. */
const REST = 4;

/** What is asked so rarely is no part of a round. */
const RARE_MS = 30_000;

/** An answer that stays fresh as long as somebody looks at it. */
class LiveAnswer<Value> {
  readonly state: Signal<AnswerState<Value>>;
  users = 0;
  readonly turn: string;
  readonly #ask: Asker<Value>;
  readonly #pace: Pace;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedMs = 0;
  #isOld = true;
  #stopEffect = () => {};

  constructor(key: string, ask: Asker<Value>, pace: Pace, seed: Value | undefined) {
    this.state = signal({ value: seed, failure: undefined, isAsking: true });
    this.turn = pace.turn ?? key;
    this.#ask =
      pace.turn === undefined
        ? (signal) => inTurn({ name: key, isFirst: pace.isFirst }, () => ask(signal), signal)
        : ask;
    this.#pace = pace;
  }

  get isRare(): boolean {
    return this.#pace.everyMs >= RARE_MS;
  }

  start(): void {
    document.addEventListener("visibilitychange", this.#schedule);
    const changes = computed(this.#pace.changes);
    this.#stopEffect = effect(() => {
      void changes.value;
      this.#isOld = true;
      untracked(this.#schedule);
    });
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.#schedule);
    this.#stopEffect();
    clearTimeout(this.#timer);
    this.#abort?.abort();
  }

  readonly askNow = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#run();
  };

  readonly #schedule = (): void => {
    if (!this.#isOld || this.#timer !== undefined || this.#abort || document.hidden) return;
    const dueMs = this.#askedMs + Math.max(this.#pace.everyMs, REST * roundMs());
    const waitMs = dueMs - Date.now();
    if (waitMs <= 0) this.askNow();
    else this.#timer = setTimeout(this.askNow, waitMs);
  };

  async #run(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#isOld = false;
    this.#askedMs = Date.now();
    this.state.value = { ...this.state.peek(), isAsking: true };
    try {
      const value = await this.#ask(abort.signal);
      if (abort.signal.aborted) return;
      this.state.value = { value, failure: undefined, isAsking: false };
    } catch (error) {
      if (abort.signal.aborted) return;
      if (!(error instanceof ApiFailure)) throw error;
      this.state.value = { ...this.state.peek(), failure: error, isAsking: false };
    } finally {
      if (this.#abort === abort) this.#abort = undefined;
    }
    this.#schedule();
  }
}

const shared = new Map<string, LiveAnswer<unknown>>();

/** How long the server works for all that the page asks for again and again. */
function roundMs(): number {
  const turns = new Set([...shared.values()].filter(({ isRare }) => !isRare).map(({ turn }) => turn));
  return [...turns].reduce((sum, turn) => sum + (took.get(turn) ?? 0), 0);
}

/**
 * The answer to a question, kept fresh at its pace. Whoever asks the same key shares one answer.
 *
 * `key` says everything that the question depends on.
 */
export function useAnswer<Value>(key: string, ask: Asker<Value>, pace: Pace): Answer<Value> {
  // The key stands for the question and its pace.
  const answer = useMemo(() => {
    let known = shared.get(key) as LiveAnswer<Value> | undefined;
    if (!known) {
      known = new LiveAnswer(key, ask, pace, seedOf(key) as Value | undefined);
      shared.set(key, known as LiveAnswer<unknown>);
    }
    return known;
  }, [key]);
  useEffect(() => {
    if (answer.users++ === 0) answer.start();
    return () => {
      if (--answer.users > 0) return;
      answer.stop();
      if (shared.get(key) === (answer as LiveAnswer<unknown>)) shared.delete(key);
      took.delete(answer.turn);
    };
  }, [answer, key]);
  const earlier = useRef<Value>(undefined);
  const state = answer.state.value;
  if (state.value !== undefined) earlier.current = state.value;
  const isEarlier = state.value === undefined && state.failure === undefined && earlier.current !== undefined;
  return { ...state, value: isEarlier ? earlier.current : state.value, isEarlier, again: answer.askNow };
}
