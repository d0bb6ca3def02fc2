import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { scopeKey } from "../../address/scope.ts";
import { type Answer, useAnswer } from "../../api/answer.ts";
import type { LogsAnswer } from "../../api/answers.ts";
import { ApiFailure } from "../../api/client.ts";
import { askLogs, type Scope } from "../../api/questions.ts";

const PAGE = 200;
/** A list that one has scrolled this far is no longer read: the filter or the histogram goes on from there. */
const MAX_RECORDS = 10_000;

export interface Records {
  /** The first page, with all that an answer says of itself. */
  answer: Answer<LogsAnswer>;
  records: readonly RecordJson[];
  /** Older ones are on their way. */
  isAsking: boolean;
  failure: ApiFailure | undefined;
  /** None is left, or the list is as long as it gets. */
  isEnd: boolean;
  more: () => void;
}

interface Older {
  /** Of which first page these are the continuation. */
  of: LogsAnswer | undefined;
  records: readonly RecordJson[];
  cursor: string | undefined;
  isAsking: boolean;
  failure: ApiFailure | undefined;
}

/** Records of a scope, the newest first; older ones are asked for as one scrolls. */
export function useRecords(scope: Scope): Records {
  // Asked once: a list must not move while it is read. What came since is offered, not pushed in.
  const answer = useAnswer(`logs ${scopeKey(scope)}`, (signal) => askLogs(scope, { limit: PAGE }, signal), {
    changes: () => "",
    everyMs: 0,
    isFirst: true,
  });
  const first = answer.value;
  const [older, setOlder] = useState<Older>(NONE);
  const isOf = older.of === first;
  const current = isOf ? older : { ...NONE, of: first, cursor: first?.cursor };
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), [first]);

  const records = first ? [...first.records, ...current.records] : [];
  const isEnd = current.cursor === undefined || records.length >= MAX_RECORDS;
  const more = useCallback(async () => {
    if (current.isAsking || isEnd || answer.isEarlier) return;
    abort.current = new AbortController();
    const { signal } = abort.current;
    setOlder({ ...current, isAsking: true, failure: undefined });
    try {
      const next = await askLogs(scope, { limit: PAGE, cursor: current.cursor }, signal);
      const all = [...current.records, ...next.records];
      setOlder({ of: first, records: all, cursor: next.cursor, isAsking: false, failure: undefined });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiFailure)) throw error;
      setOlder({ ...current, isAsking: false, failure: error });
    }
  }, [current, isEnd, answer.isEarlier, scope, first]);
  return { answer, records, isAsking: current.isAsking, failure: current.failure, isEnd, more };
}

const NONE: Older = { of: undefined, records: [], cursor: undefined, isAsking: false, failure: undefined };
