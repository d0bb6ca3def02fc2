export interface Metric {
  type: "counter" | "gauge" | "histogram";
  help: string;
  /** Upper bounds of a histogram's buckets, ascending, in the unit of the name; the one above all is implied. */
  buckets?: readonly number[];
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/**
 * Every metric of GET /metrics, named as Prometheus has it: base units, `_total` for what only grows. The first part is counted by
 * the Worker's isolates and added up in the `Meters` object, the second is what the streams report to the `Overview`.
 */
const DEFINED = {
  weir_http_requests_total: {
    type: "counter",
    help: "Requests answered, by protocol (api, live, page and operations beside the ingest protocols) and status class.",
  },
  weir_http_request_duration_seconds: {
    type: "histogram",
    help: "Time from a request's arrival to its answer, by protocol.",
    buckets: SECONDS,
  },
  weir_ingest_body_bytes_total: { type: "counter", help: "Bytes of request bodies, decompressed, by protocol." },
  weir_ingest_accepted_lines_total: { type: "counter", help: "Lines acknowledged as durable." },
  weir_ingest_dropped_lines_total: { type: "counter", help: "Lines understood and not wanted, by reason." },
  weir_ingest_refused_lines_total: { type: "counter", help: "Lines not understood or not allowed, by reason." },
  weir_ingest_repeated_batches_total: {
    type: "counter",
    help: "Batches that had been stored before and were acknowledged again.",
  },
  weir_ingest_refused_requests_total: { type: "counter", help: "Requests refused as a whole, by protocol and code." },
  weir_ingest_ack_duration_seconds: {
    type: "histogram",
    help: "Time from a batch's arrival until it was durable.",
    buckets: SECONDS,
  },
  weir_consumer_messages_total: {
    type: "counter",
    help: "Queue messages handled by the consumer, by outcome: applied, spilled, applied_before, poison, retried.",
  },
  weir_consumer_applied_records_total: { type: "counter", help: "Records that the consumer wrote to the database." },
  weir_consumer_apply_duration_seconds: {
    type: "histogram",
    help: "Time to apply one message: unpacking and the database's transaction.",
    buckets: SECONDS,
  },
  weir_consumer_dead_letters_total: { type: "counter", help: "Messages that the queue gave up on." },
  weir_cron_runs_total: { type: "counter", help: "Runs of the minute's work, by outcome: ok, failed." },
  weir_cron_last_success_timestamp_seconds: { type: "gauge", help: "When the minute's work last ended well." },
  weir_forward_records_total: { type: "counter", help: "Records forwarded, by outcome: sent, failed, dead." },

  weir_build_info: { type: "gauge", help: "1, with the version as a label." },
  weir_services: { type: "gauge", help: "Services announced." },
  weir_streams: { type: "gauge", help: "Streams that ever reported: one a service and shard." },
  weir_acknowledged_records_total: { type: "counter", help: "Records that streams have journalled." },
  weir_stored_records_total: { type: "counter", help: "Records that the database has confirmed." },
  weir_unconfirmed_records: { type: "gauge", help: "Records journalled and not yet confirmed." },
  weir_oldest_unconfirmed_age_seconds: { type: "gauge", help: "Age of the oldest unconfirmed record; 0 with none." },
  weir_journal_bytes: { type: "gauge", help: "Compressed bytes in all journals." },
  weir_queue_messages_sent_total: { type: "counter", help: "Messages that the queue took, repeated ones too." },
  weir_queue_send_errors_total: { type: "counter", help: "Messages that the queue did not take; they are sent again." },
  weir_dead_letters: { type: "gauge", help: "Messages that wait in a journal for a person." },
  weir_watchers: { type: "gauge", help: "Open live sockets: of services, and of the overview." },
  weir_service_records_total: { type: "counter", help: "Records acknowledged, by service." },
  weir_service_unconfirmed_records: { type: "gauge", help: "Records journalled and not yet confirmed, by service." },
  weir_service_last_received_timestamp_seconds: { type: "gauge", help: "When a service last sent, by service." },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof DEFINED;
export const METRICS: Readonly<Record<MetricName, Metric>> = DEFINED;
