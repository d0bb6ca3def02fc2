import { useMemo } from "preact/hooks";
import { filterText } from "../../address/scope.ts";
import { duration, exact, rate } from "../../format/number.ts";
import { serverNowMs } from "../../live/clock.ts";
import { useFeeds } from "../../live/feeds.ts";
import { RATE_SECONDS } from "../../live/overview-feed.ts";
import type { ServiceFeed } from "../../live/service-feed.ts";
import { useTick } from "../../live/use-tick.ts";
import { TailList } from "../../tail/tail-list.tsx";
import { NewLines, PauseButton, Spoken, TailEmpty, TailNote } from "../../tail/tail-view.tsx";
import { useTail } from "../../tail/use-tail.ts";
import { RELATIVE } from "../../time/range.ts";

interface TailProps {
  names: readonly string[];
  /** None: all of them. */
  service: string | undefined;
  title: string;
  wrap: boolean;
  mark: string;
}

/** One tail with what it is of, how fast it runs and how fresh it is. */
export function Tail({ names: given, service, title, wrap, mark }: TailProps) {
  const q = filterText.value;
  const key = given.join(" ");
  // The same names are the same feeds, whatever array they come in.
  const names = useMemo(() => key.split(" ").filter(Boolean), [key]);
  const feeds = useFeeds(names, q);
  const tail = useTail({ service, q, range: RELATIVE["1h"] }, feeds);
  return (
    <section class="panel live-tail" aria-label={service === undefined ? "Live tail" : `Live tail of ${service}`}>
      <header class="panel-head">
        <h2>{title}</h2>
        <span class="panel-note">
          <Rate feeds={feeds} /> · <TailNote tail={tail} />
        </span>
        <button type="button" class="button small" onClick={() => tail.clear()}>
          Clear
        </button>
        <PauseButton tail={tail} />
      </header>
      <TailEmpty tail={tail} q={q} />
      <TailList tail={tail} showService={service === undefined} wrap={wrap} mark={mark} />
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
  const seen = feeds.length === 1 ? feeds[0]!.seen.value : undefined;
  return (
    <span class="num">
      {rate(count / RATE_SECONDS)}/s arriving · {exact(total)} in all
      {seen && (
        <span title={`From receipt to paint, of the last ${seen.sightings} answers of all screens`}>
          {" "}
          · seen after {duration(Math.round(seen.p50Ms))}, p95 {duration(Math.round(seen.p95Ms))}
        </span>
      )}
    </span>
  );
}
