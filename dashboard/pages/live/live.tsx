import { useMemo, useState } from "preact/hooks";
import { scope } from "../../address/scope.ts";
import { exact, rate } from "../../format/number.ts";
import { serverNowMs } from "../../live/clock.ts";
import { useFeeds } from "../../live/feeds.ts";
import { RATE_SECONDS, services } from "../../live/overview-feed.ts";
import type { ServiceFeed } from "../../live/service-feed.ts";
import { useTick } from "../../live/use-tick.ts";
import { Skeleton } from "../../panels/answered.tsx";
import { TailList } from "../../tail/tail-list.tsx";
import { NewLines, PauseButton, Spoken, TailEmpty, TailNote } from "../../tail/tail-view.tsx";
import { useTail } from "../../tail/use-tail.ts";
import { FirstRun } from "../first-run/first-run.tsx";
import { useWatched } from "../watched.ts";

/** Lines as they arrive, as many as fit. */
export function Live() {
  const { service } = scope.value;
  if (services.value === undefined) return <Skeleton lines={8} />;
  if (services.value.size === 0) return <FirstRun />;
  return <Tail key={service ?? ""} />;
}

function Tail() {
  const { service, q } = scope.value;
  const watched = useWatched();
  const names = useMemo(() => (service === undefined ? watched : [service]), [service, watched]);
  const feeds = useFeeds(names, q);
  const tail = useTail(scope.value, feeds);
  const [wrap, setWrap] = useState(false);
  return (
    <section class="panel live-page" aria-label="Live tail">
      <header class="panel-head">
        <h1>Live</h1>
        <span class="panel-note">
          <Rate feeds={feeds} /> · <TailNote tail={tail} />
        </span>
        <button type="button" class="button small" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          Wrap
        </button>
        <button type="button" class="button small" onClick={() => tail.clear()}>
          Clear
        </button>
        <PauseButton tail={tail} />
      </header>
      <TailEmpty tail={tail} q={q} />
      <TailList tail={tail} showService={service === undefined} wrap={wrap} />
      <NewLines tail={tail} />
      <Spoken tail={tail} />
    </section>
  );
}

/** Of everything that arrives, whether it passes the filter or not. */
function Rate({ feeds }: { feeds: readonly ServiceFeed[] }) {
  useTick(feeds, 500);
  const end = Math.floor(serverNowMs() / 1_000);
  let count = 0;
  for (const { seconds } of feeds) {
    for (let second = end - RATE_SECONDS; second < end; second++) count += seconds.get(second)?.count ?? 0;
  }
  const total = feeds.reduce((sum, feed) => sum + feed.total.count, 0);
  return (
    <span class="num">
      {rate(count / RATE_SECONDS)}/s arriving · {exact(total)} in all
    </span>
  );
}
