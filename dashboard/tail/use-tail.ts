import { useEffect, useMemo } from "preact/hooks";
import type { RecordJson } from "../../core/record-json.ts";
import { askLogs, type Scope } from "../api/questions.ts";
import type { ServiceFeed } from "../live/service-feed.ts";
import { RELATIVE } from "../time/range.ts";
import { TailBuffer } from "./tail-buffer.ts";

/** What is there when the page opens, so that a quiet service is no empty page. */
const SEED = 50;
const REREAD_AFTER_MS = 50;

/** Of the last hour, for records may carry times that are yet to come; of any time where that hour has none. */
async function latestRecords(service: string | undefined, q: string, signal: AbortSignal): Promise<RecordJson[]> {
  const recent = await askLogs({ service, q, range: RELATIVE["1h"] }, { limit: SEED }, signal);
  if (recent.records.length > 0) return recent.records;
  return (await askLogs({ service, q, range: { kind: "all" } }, { limit: SEED }, signal)).records;
}

/** The tail of these feeds: begun with the latest records, then as they arrive. */
export function useTail(scope: Scope, feeds: readonly ServiceFeed[]): TailBuffer {
  const { service, q } = scope;
  // Another service or filter is another tail
  const tail = useMemo(() => new TailBuffer(), [service, q]);
  useEffect(() => {
    // Without services there is nothing to show yet
    if (feeds.length === 0) return;
    let abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const seed = () => {
      abort.abort();
      abort = new AbortController();
      latestRecords(service, q, abort.signal).then(
        (records) => tail.seed(records.toReversed()),
        // The tail itself goes on without its beginning; a broken link or filter shows on its own.
        () => undefined,
      );
    };
    const stops = feeds.map((feed) =>
      feed.listen({
        // Several services begin one after another: one question is enough for them
        onBegin: () => {
          clearTimeout(timer);
          timer = setTimeout(seed, REREAD_AFTER_MS);
        },
        onRecords: (records) => tail.onRecords(records),
        onGap: (gap) => tail.onGap(gap),
        afterPaint: (work) => tail.afterPaint(work),
      }),
    );
    seed();
    return () => {
      clearTimeout(timer);
      abort.abort();
      for (const stop of stops) stop();
    };
  }, [tail, service, q, feeds]);
  return tail;
}
