import type { Sender } from "./sender.ts";

export const opentelemetryCollector: Sender = {
  name: "opentelemetry-collector",
  title: "OpenTelemetry Collector (otlphttp)",
  isProven: false,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/otelcol-contrib/config.yaml",
        text: `extensions:
  file_storage:
    directory: /var/lib/otelcol

receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:4318

exporters:
  otlphttp:
    logs_endpoint: ${origin}/otlp/v1/logs
    headers:
      Authorization: "Bearer ${key}"
      X-Weir-Service: "${service}"
    retry_on_failure:
      max_elapsed_time: 0
    sending_queue:
      storage: file_storage

service:
  extensions: [file_storage]
  pipelines:
    logs:
      receivers: [otlp]
      exporters: [otlphttp]
`,
      },
    ],
    notes: [
      "Without X-Weir-Service every record goes to the service that its own service.name says.",
      "It repeats on 429, 502, 503, 504 and broken connections; max_elapsed_time: 0 makes that for ever, the queue on disk carries it over restarts.",
    ],
  }),
};
