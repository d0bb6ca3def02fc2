import { useMemo } from "preact/hooks";
import { chosenService, scope } from "../../address/scope.ts";
import { exact } from "../../format/number.ts";
import { ago } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";
import { useFeeds } from "../../live/feeds.ts";
import { HEALTH_WORDS, healthOf } from "../../live/health.ts";
import { services } from "../../live/overview-feed.ts";
import type { ServiceFeed } from "../../live/service-feed.ts";
import { Skeleton } from "../../panels/answered.tsx";
import { PanelGrid } from "../../panels/panel-grid.tsx";
import { SampleBadge } from "../../sample/sample-badge.tsx";
import { useSeries } from "../../series/use-series.ts";
import { Senders } from "../first-run/senders.tsx";
import { OwnTimeNotice } from "../own-time-notice.tsx";
import { useRangePicked } from "../use-range-picked.ts";

/** One service. */
export function Service() {
  const name = chosenService.value ?? "";
  if (services.value === undefined) return <Skeleton lines={8} />;
  return services.value.has(name) ? <Known key={name} name={name} /> : <Unknown name={name} />;
}

function Known({ name }: { name: string }) {
  useRangePicked(name);
  const names = useMemo(() => [name], [name]);
  const feeds = useFeeds(names, scope.value.q);
  const shown = scope.value;
  const series = useSeries(shown, feeds);
  const scene = useMemo(() => ({ scope: shown, feeds, series }), [shown, feeds, series]);
  return (
    <>
      <Title name={name} feed={feeds[0]} />
      <OwnTimeNotice {...scene} />
      <PanelGrid page="service" scene={scene} />
    </>
  );
}

/** The name, how it is, and whether anything of it is missing. */
function Title({ name, feed }: { name: string; feed: ServiceFeed | undefined }) {
  const service = services.value?.get(name);
  const atMs = nowMs.value;
  const health = service ? healthOf(service, atMs) : "quiet";
  const pipeline = feed?.pipeline.value ?? service;
  return (
    <div class="page-title">
      <h1>
        <i class={`dot ${health}`} />
        {name}
        <SampleBadge service={name} />
      </h1>
      <p class="faint">
        {HEALTH_WORDS[health]}
        {service?.lastSeenMs !== undefined && ` · last line ${ago(service.lastSeenMs, atMs)}`}
        {pipeline && (
          <>
            {" · "}
            {pipeline.unconfirmed === 0 ? (
              <>complete to #{exact(feed?.lastSeq ?? pipeline.acknowledged)}</>
            ) : (
              <>
                {exact(pipeline.stored)} of {exact(pipeline.acknowledged)} stored
              </>
            )}
          </>
        )}
      </p>
    </div>
  );
}

const Unknown = ({ name }: { name: string }) => (
  <section class="welcome">
    <h1>{name} has not sent anything yet</h1>
    <p class="lead">This page fills by itself with its first line.</p>
    <Senders service={name} />
  </section>
);
