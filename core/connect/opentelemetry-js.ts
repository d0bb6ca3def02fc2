import type { Sender } from "./sender.ts";

const encodings = [
  { encoding: "http", body: "JSON" },
  { encoding: "proto", body: "protobuf" },
] as const;

export const [opentelemetryJsHttp, opentelemetryJsProto] = encodings.map(
  ({ encoding, body }): Sender => ({
    name: `opentelemetry-js-${encoding}`,
    title: `OpenTelemetry for Node (OTLP over HTTP, ${body})`,
    isProven: true,
    config: ({ origin, service, key }) => ({
      files: [
        {
          name: "logger.mjs",
          text: `import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-${encoding}";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";

const exporter = new OTLPLogExporter({
  url: ${JSON.stringify(`${origin}/otlp/v1/logs`)},
  headers: { Authorization: ${JSON.stringify(`Bearer ${key}`)} },
  timeoutMillis: 30_000,
});

export const provider = new LoggerProvider({
  resource: resourceFromAttributes({ "service.name": ${JSON.stringify(service)} }),
  processors: [new BatchLogRecordProcessor({ exporter, scheduledDelayMillis: 1000, maxExportBatchSize: 500 })],
});
export const logger = provider.getLogger("app");
`,
        },
      ],
      run: `npm install @opentelemetry/exporter-logs-otlp-${encoding} @opentelemetry/resources @opentelemetry/sdk-logs`,
      notes: [
        "For version 3 of the SDK. Before it, the exporter is an argument of its own: new BatchLogRecordProcessor(exporter, options).",
        "It sends a batch up to five times more within some 13 s on 429, 502, 503, 504 and broken connections, then drops it; timeoutMillis must leave it that time. A collector of OpenTelemetry with a queue on disk bridges longer outages.",
        `Other languages need no code: OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=${origin}/otlp/v1/logs, OTEL_EXPORTER_OTLP_LOGS_HEADERS="Authorization=Bearer%20${encodeURIComponent(key)}", OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/protobuf, OTEL_SERVICE_NAME=${service}.`,
      ],
    }),
  }),
) as [Sender, Sender];
