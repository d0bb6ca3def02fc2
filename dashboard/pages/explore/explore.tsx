import { useMemo, useState } from "preact/hooks";
import { address, hrefWith } from "../../address/address.ts";
import { chosenService, scope, scopeKey } from "../../address/scope.ts";
import { type Answer, useAnswer } from "../../api/answer.ts";
import type { LogsAnswer } from "../../api/answers.ts";
import { askLogs, type Scope } from "../../api/questions.ts";
import { exact } from "../../format/number.ts";
import { Icon } from "../../icons/icon.tsx";
import { acknowledgedOf, services } from "../../live/overview-feed.ts";
import { Answered, Empty, Skeleton } from "../../panels/answered.tsx";
import { Countries } from "../../panels/countries.tsx";
import { CountsChart, Meaning } from "../../panels/counts-chart.tsx";
import { LEVEL_LAYERS } from "../../panels/levels.ts";
import { Panel } from "../../panels/panel.tsx";
import { TableSwitch } from "../../panels/table-switch.tsx";
import { TopList } from "../../panels/top-list.tsx";
import { seriesOfStats } from "../../series/bucket.ts";
import { useStats } from "../../series/use-scope-answer.ts";
import { FirstRun } from "../first-run/first-run.tsx";
import { useRangePicked } from "../use-range-picked.ts";
import { RecordList } from "./record-list.tsx";

const PAGE = 100;

/** Stored records: how many when, of which kinds, and each of them. */
export function Explore() {
  if (services.value === undefined) return <Skeleton lines={8} />;
  return services.value.size === 0 ? <FirstRun /> : <Stored />;
}

function Stored() {
  useRangePicked(chosenService.value);
  return (
    <div class="explore">
      <h1 class="sr-only">Explore</h1>
      <Histogram scope={scope.value} />
      <Records scope={scope.value} />
      <Facets scope={scope.value} />
    </div>
  );
}

function Histogram({ scope: shown }: { scope: Scope }) {
  const stats = useStats(shown);
  const [asTable, setAsTable] = useState(false);
  const series = useMemo(() => stats.value && seriesOfStats(stats.value, shown.range), [stats.value, shown.range]);
  const count = series?.buckets.reduce((sum, bucket) => sum + bucket.count, 0) ?? 0;
  return (
    <Panel
      title={series ? `${exact(count)} records` : "Records"}
      class="histogram"
      note={series && <Meaning series={series} />}
      actions={<TableSwitch asTable={asTable} onChange={setAsTable} of="the histogram" />}
      isEarlier={stats.isEarlier}
    >
      <Answered answer={stats} lines={4}>
        {() =>
          series && (
            <CountsChart what="Records by level" series={series} layers={LEVEL_LAYERS} asTable={asTable} height={130} />
          )
        }
      </Answered>
    </Panel>
  );
}

const FACETS = [
  { title: "Levels", dimension: "level" },
  { title: "Statuses", dimension: "status" },
  { title: "Methods", dimension: "method" },
  { title: "Events", dimension: "event" },
] as const;

const Facets = ({ scope: shown }: { scope: Scope }) => (
  <aside class="facets" aria-label="Kinds of records">
    {FACETS.map(({ title, dimension }) => (
      <TopList key={dimension} title={title} dimension={dimension} limit={6} scope={shown} />
    ))}
    <Countries scope={shown} />
  </aside>
);

function Records({ scope: shown }: { scope: Scope }) {
  const cursor = address.value.query.get("cursor") ?? undefined;
  const key = `logs ${scopeKey(shown)} ${cursor ?? ""}`;
  // Asked once: a list must not move while it is read. What came since is offered, not pushed in.
  const answer = useAnswer(key, (signal) => askLogs(shown, { limit: PAGE, cursor }, signal), {
    changes: () => "",
    everyMs: 0,
  });
  return (
    <Panel
      title={cursor ? "Older records" : "Newest records"}
      class="records"
      note={answer.value && <Origin answer={answer.value} />}
      actions={<Newer key={key} scope={shown} answer={answer} />}
      isEarlier={answer.isEarlier}
    >
      <Answered answer={answer} lines={12}>
        {(value) =>
          value.records.length === 0 ? (
            <NoRecords scope={shown} />
          ) : (
            <RecordList records={value.records} showService={shown.service === undefined} />
          )
        }
      </Answered>
      <Paging cursor={cursor} next={answer.value?.cursor} />
    </Panel>
  );
}

/** Where the records were found, and how much was looked at for them. */
const Origin = ({ answer: { scanned, sources, partial } }: { answer: LogsAnswer }) => (
  <>
    {[
      sources.hot && `${sources.hot} from the database`,
      sources.memory && `${sources.memory} from memory`,
      sources.segments && `${sources.segments} from the archive`,
    ]
      .filter(Boolean)
      .join(", ")}
    {scanned > 0 && ` · ${exact(scanned)} looked at`}
    {partial && <b class="partial"> · partial</b>}
  </>
);

function Newer({ scope: shown, answer }: { scope: Scope; answer: Answer<LogsAnswer> }) {
  const [seen, setSeen] = useState(acknowledgedOf(shown.service));
  const count = acknowledgedOf(shown.service) - seen;
  if (count <= 0) return null;
  const show = () => {
    setSeen(acknowledgedOf(shown.service));
    answer.again();
  };
  return (
    <button type="button" class="button small" onClick={show}>
      <span class="num">{exact(count)}</span> arrived since · show
    </button>
  );
}

const Paging = ({ cursor, next }: { cursor: string | undefined; next: string | undefined }) => (
  <nav class="paging" aria-label="Pages of records">
    {cursor && (
      <a class="button small" href={hrefWith({ cursor: undefined })}>
        Newest
      </a>
    )}
    {next && (
      <a class="button small" href={hrefWith({ cursor: next })}>
        Older <Icon name="down" size={13} />
      </a>
    )}
  </nav>
);

function NoRecords({ scope: { q, range } }: { scope: Scope }) {
  return (
    <Empty>
      {q !== "" ? "No record passes this filter in this range." : "No record carries a time in this range."}{" "}
      {range.kind !== "all" && <a href={hrefWith({ range: "all", cursor: undefined })}>Look at everything</a>}
      {q !== "" && range.kind === "all" && (
        <a href={hrefWith({ q: undefined, cursor: undefined })}>Take the filter away</a>
      )}
    </Empty>
  );
}
