import type { MetricDelta } from "./metric-delta.ts";
import { METRICS, type MetricName } from "./metrics.ts";

/** What a scrape answers with; https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export type Sample = [series: string, value: number];

/** Prometheus' text format: every metric of the list with its HELP and TYPE, then its series. Metrics without a series are left out. */
export function expositionOf({ counters, histograms, latest }: MetricDelta, samples: readonly Sample[]): string {
  const byName = new Map<string, string[]>();
  const put = (name: string, line: string): void => {
    const lines = byName.get(name);
    if (lines) lines.push(line);
    else byName.set(name, [line]);
  };
  for (const [series, value] of [...counters, ...latest, ...samples]) put(nameOf(series), `${series} ${value}`);
  for (const [series, { counts, sum }] of histograms) {
    const name = nameOf(series);
    for (const line of histogramLines(series, name, counts, sum)) put(name, line);
  }
  const parts: string[] = [];
  for (const [name, { type, help }] of Object.entries(METRICS)) {
    const lines = byName.get(name);
    if (lines) parts.push(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("\n")}\n`);
  }
  return parts.join("");
}

const nameOf = (series: string): string => series.split("{", 1)[0]!;

function histogramLines(series: string, name: string, counts: readonly number[], sum: number): string[] {
  const labels = series.slice(name.length).replace(/^\{|\}$/g, "");
  const bounds = METRICS[name as MetricName]?.buckets ?? [];
  // Counted in the buckets of another version: what they meant is not known any more.
  if (counts.length !== bounds.length + 1) return [];
  const withLabel = (extra: string): string => `{${labels ? `${labels},` : ""}${extra}}`;
  let total = 0;
  const lines = counts.map((count, at) => {
    total += count;
    return `${name}_bucket${withLabel(`le="${bounds[at] ?? "+Inf"}"`)} ${total}`;
  });
  const own = labels ? `{${labels}}` : "";
  return [...lines, `${name}_sum${own} ${sum}`, `${name}_count${own} ${total}`];
}
