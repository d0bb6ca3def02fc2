import { useEffect, useState } from "preact/hooks";
import type { SqlPlanAnswer } from "../../api/answers.ts";
import { ApiFailure, ask } from "../../api/client.ts";

/** Asked when typing rests this long. */
const REST_MS = 700;

export type Cost = { kind: "steps"; steps: number } | { kind: "refused"; failure: ApiFailure };

/** What a statement would cost, or why it would be refused, before it is run. */
export function useCost(sql: string): Cost | undefined {
  const [cost, setCost] = useState<Cost & { of: string }>();
  useEffect(() => {
    if (sql.trim() === "") return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { steps } = await ask<SqlPlanAnswer>("/api/sql", { body: { sql, explain: true }, signal: abort.signal });
        setCost({ of: sql, kind: "steps", steps });
      } catch (failure) {
        if (abort.signal.aborted) return;
        if (!(failure instanceof ApiFailure)) throw failure;
        setCost({ of: sql, kind: "refused", failure });
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [sql]);
  return cost?.of === sql ? cost : undefined;
}
