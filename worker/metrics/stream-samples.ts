import type { Sample } from "../../core/metrics/exposition.ts";
import { seriesOf } from "../../core/metrics/metric-delta.ts";
import type { MetricName } from "../../core/metrics/metrics.ts";
import type { StreamReport } from "../../durable-objects/overview.ts";

/** Services with series of their own; all others are added up as `other`. */
export const MAX_NAMED_SERVICES = 100;
/** A service's name has no tilde, so none can be called this. */
const OTHER = "~other";

export interface OverviewReports {
  reports: readonly StreamReport[];
  services: number;
  /** Watchers of the overview itself. */
  watchers: number;
}

/**
 * The streams' figures as samples. The services that are named are those seen first, not those with most records: which ones
 * they are then never changes, and neither their counters nor that of the others ever fall.
 */
export function streamSamples({ reports, services, watchers }: OverviewReports, nowMs: number): Sample[] {
  const sum = (of: (report: StreamReport) => number | undefined): number =>
    reports.reduce((total, report) => total + (of(report) ?? 0), 0);
  const oldestMs = Math.min(...reports.map(({ oldestUnconfirmedMs }) => oldestUnconfirmedMs ?? nowMs), nowMs);
  const totals: [MetricName, number][] = [
    ["weir_services", services],
    ["weir_streams", reports.length],
    ["weir_acknowledged_records_total", sum(({ acknowledged }) => acknowledged)],
    ["weir_stored_records_total", sum(({ stored }) => stored)],
    ["weir_unconfirmed_records", sum(({ unconfirmed }) => unconfirmed)],
    ["weir_oldest_unconfirmed_age_seconds", (nowMs - oldestMs) / 1_000],
    ["weir_journal_bytes", sum(({ journalBytes }) => journalBytes)],
    ["weir_queue_messages_sent_total", sum(({ messagesSent }) => messagesSent)],
    ["weir_queue_send_errors_total", sum(({ sendErrors }) => sendErrors)],
    ["weir_dead_letters", sum(({ deadLetters }) => deadLetters)],
    ["weir_watchers", watchers + sum((report) => report.watchers)],
  ];
  return [...totals, ...serviceSamples(reports)];
}

interface ServiceSums {
  firstSeenMs: number;
  lastSeenMs: number;
  records: number;
  unconfirmed: number;
}

function serviceSamples(reports: readonly StreamReport[]): Sample[] {
  const sums = new Map<string, ServiceSums>();
  for (const report of reports) merge(sums, report.service, sumsOf(report));
  const shown = new Map<string, ServiceSums>();
  [...sums]
    .sort(([a, { firstSeenMs: x }], [b, { firstSeenMs: y }]) => x - y || (a < b ? -1 : 1))
    .forEach(([service, one], at) => void merge(shown, at < MAX_NAMED_SERVICES ? service : OTHER, one));
  return [...shown].flatMap(([service, { records, unconfirmed, lastSeenMs }]): Sample[] => [
    [seriesOf("weir_service_records_total", { service }), records],
    [seriesOf("weir_service_unconfirmed_records", { service }), unconfirmed],
    [seriesOf("weir_service_last_received_timestamp_seconds", { service }), lastSeenMs / 1_000],
  ]);
}

const sumsOf = ({ firstSeenMs, lastSeenMs, acknowledged, unconfirmed }: StreamReport): ServiceSums => ({
  firstSeenMs: firstSeenMs ?? Number.MAX_SAFE_INTEGER,
  lastSeenMs: lastSeenMs ?? 0,
  records: acknowledged,
  unconfirmed,
});

function merge(into: Map<string, ServiceSums>, service: string, one: ServiceSums): void {
  const known = into.get(service);
  into.set(
    service,
    known
      ? {
          firstSeenMs: Math.min(known.firstSeenMs, one.firstSeenMs),
          lastSeenMs: Math.max(known.lastSeenMs, one.lastSeenMs),
          records: known.records + one.records,
          unconfirmed: known.unconfirmed + one.unconfirmed,
        }
      : one,
  );
}
