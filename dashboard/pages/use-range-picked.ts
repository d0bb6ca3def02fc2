import { useEffect, useMemo } from "preact/hooks";
import { hasOwnTimesIn, rangeFor } from "../address/pick-range.ts";
import { automaticRange } from "../address/scope.ts";
import { serverNowMs } from "../live/clock.ts";

/**
 * Puts the automatic range where the records of a service (or of all) are, once for each visit and before anything is
 * asked about it. Shows everything where what arrived carries times from elsewhere: it is there to be seen.
 */
export function useRangePicked(service: string | undefined): void {
  const range = useMemo(() => {
    const picked = rangeFor(service, serverNowMs());
    automaticRange.value = picked;
    return picked;
  }, [service]);
  useEffect(() => {
    if (range.kind === "all") return;
    const abort = new AbortController();
    hasOwnTimesIn(range, service, abort.signal).then(
      (hasSome) => {
        if (!hasSome) automaticRange.value = { kind: "all" };
      },
      // Without an answer the range stays, and the panels say themselves what is wrong.
      () => undefined,
    );
    return () => abort.abort();
  }, [service, range]);
}
