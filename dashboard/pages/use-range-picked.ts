import { useEffect } from "preact/hooks";
import { pickRange } from "../address/pick-range.ts";
import { serverNowMs } from "../live/clock.ts";

/** Puts the automatic range where the records of a service (or of all) are, once for each visit. */
export function useRangePicked(service: string | undefined): void {
  useEffect(() => {
    const abort = new AbortController();
    // Without an answer the last hour stays, and the panels say themselves what is wrong.
    pickRange(service, serverNowMs(), abort.signal).catch(() => undefined);
    return () => abort.abort();
  }, [service]);
}
