import { useMemo } from "preact/hooks";
import { scope } from "../../address/scope.ts";
import { useFeeds } from "../../live/feeds.ts";
import { services } from "../../live/overview-feed.ts";
import { Skeleton } from "../../panels/answered.tsx";
import { PanelGrid } from "../../panels/panel-grid.tsx";
import { useSeries } from "../../series/use-series.ts";
import { lazy } from "../../shell/lazy.tsx";
import { OwnTimeNotice } from "../own-time-notice.tsx";
import { useRangePicked } from "../use-range-picked.ts";
import { MAX_WATCHED, useWatched } from "../watched.ts";

const FirstRun = lazy(async () => (await import("../first-run/first-run.tsx")).FirstRun);

/** All services at once. */
export function Overview() {
  const known = services.value;
  if (known === undefined) return <Skeleton lines={8} />;
  return known.size === 0 ? <FirstRun /> : <Everything count={known.size} />;
}

function Everything({ count }: { count: number }) {
  useRangePicked(undefined);
  const feeds = useFeeds(useWatched(), scope.value.q);
  const shown = scope.value;
  const series = useSeries(shown, feeds);
  const scene = useMemo(() => ({ scope: shown, feeds, series }), [shown, feeds, series]);
  return (
    <>
      <h1 class="sr-only">Overview</h1>
      {count > MAX_WATCHED && (
        <p class="notice">
          Live figures are of the {MAX_WATCHED} most active of {count} services.
        </p>
      )}
      <OwnTimeNotice {...scene} />
      <PanelGrid page="overview" scene={scene} />
    </>
  );
}
