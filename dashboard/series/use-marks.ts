import { useMemo } from "preact/hooks";
import { scope } from "../address/scope.ts";
import { askAnnotations } from "../api/annotations.ts";
import { useAnswer } from "../api/answer.ts";
import type { Mark } from "../charts/chart-data.ts";
import { nowMs } from "../live/clock.ts";
import { rangeText } from "../time/range.ts";

/** Nobody waits for a mark. */
const EVERY_MS = 30_000;

/** What is marked in the time that the page is about. Without an answer charts are drawn without marks. */
export function useMarks(): readonly Mark[] {
  const { service, range } = scope.value;
  const { value } = useAnswer(
    `annotations ${service ?? "*"} ${rangeText(range)}`,
    (signal) => askAnnotations({ service, range }, signal),
    { changes: () => String(Math.floor(nowMs.value / EVERY_MS)), everyMs: EVERY_MS },
  );
  return useMemo(
    () =>
      (value?.annotations ?? []).map(({ id, time, kind, title, service: of, url }) => ({
        ...{ id, ms: Date.parse(time), kind, url },
        // On a page about all of them, whose it is.
        title: service === undefined && of !== null ? `${of}: ${title}` : title,
      })),
    [value, service],
  );
}
