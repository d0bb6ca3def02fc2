import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { isCompared } from "../address/scope.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { bytes, duration, exact, percent, rate, short } from "../format/number.ts";
import { rangeWords } from "../format/range-words.ts";
import { nowMs } from "../live/clock.ts";
import { RATE_SECONDS, rateOf, services, totalRate } from "../live/overview-feed.ts";
import { errorsOf } from "../live/tally.ts";
import { useTick } from "../live/use-tick.ts";
import { type Bucket, endedBuckets, type Series } from "../series/bucket.ts";
import { liveSeries } from "../series/live-series.ts";
import { useStats, useTotals } from "../series/use-scope-answer.ts";
import { Change } from "./change.tsx";
import type { Scene } from "./scene.ts";

/** The numbers first: how many, how fast, how many failed, how slow. */
export function Figures(scene: Scene) {
  const isAverage = scene.scope.q !== "" || scene.scope.range.kind === "fixed";
  return (
    <div class="figures">
      <RecordsFigure {...scene} />
      {isAverage ? <AverageFigure {...scene} /> : <RateFigure {...scene} />}
      <ErrorsFigure {...scene} />
      <LatencyFigure {...scene} />
    </div>
  );
}

const trendOf = (series: Series | undefined, measureOf: (bucket: Bucket) => number): number[] =>
  series ? endedBuckets(series, nowMs.peek()).map(measureOf) : [];

interface FigureProps {
  title: string;
  value: string | undefined;
  unit?: string;
  /** After the unit, where there is room. */
  aside?: string;
  note?: ComponentChildren;
  /** Against yesterday. */
  change?: ComponentChildren;
  /** The whole figure, where `value` is a short one. */
  whole?: string;
  trend: readonly number[];
  color: string;
}

function Figure({ title, value, unit, aside, note, change, whole, trend, color }: FigureProps) {
  return (
    <section class="panel figure" aria-label={title}>
      <header class="panel-head">
        <h2>{title}</h2>
        {note && <span class="panel-note">{note}</span>}
      </header>
      <p class="figure-value" title={whole}>
        {value === undefined ? <i class="figure-wait" /> : <strong class="num">{value}</strong>}
        {unit && value !== undefined && <small>{unit}</small>}
        {change}
        {aside && value !== undefined && <small class="wide-only">{aside}</small>}
      </p>
      <Sparkline values={trend} color={color} />
    </section>
  );
}

function RecordsFigure({ series: { value: charted }, scope }: Scene) {
  const series = charted.value;
  const count = series?.buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const addresses = useTotals(scope).value?.buckets[0]?.uniqueIps ?? 0;
  return (
    <Figure
      title="Records"
      value={count === undefined ? undefined : short(count)}
      {...(addresses > 0 && !isCompared.value ? { aside: `from ≈ ${short(addresses)} addresses` } : {})}
      whole={count === undefined ? "" : exact(count)}
      note={rangeWords(scope.range)}
      change={<Change scope={scope} of="count" />}
      trend={trendOf(series, (bucket) => bucket.count)}
      color="var(--accent)"
    />
  );
}

/** By second, over the last two minutes. */
const RATE_RANGE = { kind: "relative", key: "5m", ms: 120_000, stepMs: 1_000 } as const;

function RateFigure({ feeds, scope }: Scene) {
  const atMs = useTick(feeds, 400);
  const counts = useMemo(() => liveSeries(feeds, RATE_RANGE, atMs).buckets.map(({ count }) => count), [feeds, atMs]);
  // The last second is not over yet: it would make every rate look as if it fell.
  const whole = counts.slice(0, -1);
  const perSecond = whole.slice(-RATE_SECONDS).reduce((sum, count) => sum + count, 0) / RATE_SECONDS;
  const isKnown = feeds.some(({ lastSeq }) => lastSeq !== undefined);
  // Until the feeds speak, what the overview says.
  const announced = services.value && (scope.service === undefined ? totalRate.value : announcedRate(scope.service));
  const peak = Math.max(0, ...whole);
  return (
    <Figure
      title="Rate"
      value={isKnown ? rate(perSecond) : announced === undefined ? undefined : rate(announced)}
      unit="/s now"
      note={peak > 0 && `peak ${rate(peak)}`}
      trend={whole}
      color="var(--accent)"
    />
  );
}

function announcedRate(service: string): number | undefined {
  const seconds = services.value?.get(service)?.seconds;
  return seconds && rateOf(seconds, nowMs.value);
}

function AverageFigure({ series: { value: charted } }: Scene) {
  const series = charted.value;
  const count = series?.buckets.reduce((sum, bucket) => sum + bucket.count, 0) ?? 0;
  const perStep = trendOf(series, (bucket) => bucket.count / (series!.stepMs / 1_000));
  const seconds = series ? Math.max(1, (series.toMs - series.fromMs) / 1_000) : 1;
  return (
    <Figure
      title="Rate"
      value={series && rate(count / seconds)}
      unit="/s on average"
      note={perStep.length > 0 && `peak ${rate(Math.max(...perStep))}`}
      trend={perStep}
      color="var(--accent)"
    />
  );
}

function ErrorsFigure({ scope, series: { value: charted } }: Scene) {
  const series = charted.value;
  const sum = series?.buckets.reduce((all, bucket) => all + errorsOf(bucket), 0) ?? 0;
  const count = series?.buckets.reduce((all, bucket) => all + bucket.count, 0) ?? 0;
  return (
    <Figure
      title="Errors"
      value={series && percent(count === 0 ? 0 : sum / count)}
      unit="%"
      note={series && (sum > 0 ? <b class="bad">{short(sum)} records</b> : "none")}
      change={<Change scope={scope} of="errors" isCost />}
      whole={`${exact(sum)} of ${exact(count)} records`}
      trend={trendOf(series, errorsOf)}
      color={sum > 0 ? "var(--level-error)" : "var(--line-strong)"}
    />
  );
}

/** Response time where records carry one, else how much was sent. */
function LatencyFigure({ scope, series: { value: charted } }: Scene) {
  const stats = useStats(scope);
  const timed = stats.value?.buckets.filter(({ durationMs }) => durationMs) ?? [];
  const whole = useTotals(scope).value?.buckets[0]?.durationMs;
  if (whole) {
    const [value, unit] = duration(whole.p95).split(" ");
    return (
      <Figure
        title="Response p95"
        value={value}
        {...(unit ? { unit } : {})}
        note={`p99 ${duration(whole.p99)}`}
        change={<Change scope={scope} of="p95" isCost />}
        trend={timed.map(({ durationMs }) => durationMs!.p95)}
        color="var(--level-warn)"
      />
    );
  }
  const sent = charted.value?.buckets.reduce((sum, bucket) => sum + bucket.bytes, 0) ?? 0;
  const [value, unit] = bytes(sent).split(" ");
  return (
    <Figure
      title="Sent"
      value={charted.value && value}
      {...(unit ? { unit } : {})}
      note="response bodies"
      change={<Change scope={scope} of="bytes" />}
      trend={trendOf(charted.value, (bucket) => bucket.bytes)}
      color="var(--level-info)"
    />
  );
}
