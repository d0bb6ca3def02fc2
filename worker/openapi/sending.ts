import type { Description } from "./describe.ts";

/** An access line, as the examples send it. */
const LINE = '203.0.113.9 - - [22/Nov/2026:10:00:00 +0000] "GET /cart HTTP/1.1" 200 512 "-" "curl/8.0" 12\n';
const NOW_NS = "1795341600000000000";

interface SendingRoute {
  /** The protocol's name in core/ingest/registry.ts. */
  protocol: string;
  method: string;
  path: string;
  description: Description;
}

const accepted = { accepted: 1, dropped: {}, refused: [] };

/** The main address of every protocol; docs/protocols.md has the others, and who sends what. */
export const SENDING_ROUTES: readonly SendingRoute[] = [
  {
    protocol: "any",
    method: "POST",
    path: "/ingest/{service}",
    description: {
      tag: "Send",
      summary:
        "Lines, NDJSON, a JSON object or list; gzip, deflate or zstd. Answered once durable. `?dry=1` stores nothing.",
      params: { service: "Who sends." },
      example: { params: { service: "web" }, headers: { "Content-Type": "text/plain" }, body: LINE },
      answer: { ...accepted, batch: "web/0/1", seq: { shard: 0, first: 1, last: 1 }, recognised: "access_log" },
    },
  },
  {
    protocol: "any",
    method: "GET",
    path: "/ingest/{service}",
    description: {
      tag: "Send",
      summary: 'A WebSocket: each text message is one or more lines, answered `{"ack":n,"seq":{…}}` once durable.',
      params: { service: "Who sends." },
      status: 101,
      isSocket: true,
    },
  },
  {
    protocol: "otlp",
    method: "POST",
    path: "/otlp/v1/logs",
    description: {
      tag: "Send",
      summary: "OpenTelemetry logs, as JSON or protobuf.",
      example: {
        body: {
          resourceLogs: [
            {
              resource: { attributes: [{ key: "service.name", value: { stringValue: "web" } }] },
              scopeLogs: [
                { logRecords: [{ timeUnixNano: NOW_NS, severityNumber: 9, body: { stringValue: "hello" } }] },
              ],
            },
          ],
        },
      },
      answer: {},
    },
  },
  {
    protocol: "loki",
    method: "POST",
    path: "/loki/api/v1/push",
    description: {
      tag: "Send",
      summary: "Loki's push, as JSON or protobuf with snappy.",
      example: { body: { streams: [{ stream: { service_name: "web" }, values: [[NOW_NS, "hello"]] }] } },
      status: 204,
    },
  },
  {
    protocol: "elastic",
    method: "POST",
    path: "/elastic/_bulk",
    description: {
      tag: "Send",
      summary: "Elasticsearch's bulk: an action and a document by turns.",
      example: {
        headers: { "Content-Type": "application/x-ndjson" },
        body: '{"create":{"_index":"web"}}\n{"@timestamp":"2026-11-22T10:00:00Z","message":"hello"}\n',
      },
      answer: { errors: false, items: [{}] },
    },
  },
  {
    protocol: "splunk",
    method: "POST",
    path: "/splunk/services/collector/event",
    description: {
      tag: "Send",
      summary: "Splunk's HTTP event collector; `/raw` takes lines.",
      example: { body: { time: 1795341600, event: "hello", fields: { service: "web" } } },
      answer: { text: "Success", code: 0 },
    },
  },
  {
    protocol: "datadog",
    method: "POST",
    path: "/datadog/api/v2/logs",
    description: {
      tag: "Send",
      summary: "Datadog's log intake.",
      example: { body: [{ message: "hello", service: "web", ddsource: "nginx" }] },
      status: 202,
      answer: {},
    },
  },
  {
    protocol: "gelf",
    method: "POST",
    path: "/gelf",
    description: {
      tag: "Send",
      summary: "Graylog's GELF.",
      example: { body: { version: "1.1", host: "box", short_message: "hello", level: 6, _service: "web" } },
      status: 202,
    },
  },
  {
    protocol: "journald",
    method: "POST",
    path: "/journald/upload",
    description: {
      tag: "Send",
      summary: "systemd-journal-upload.",
      example: {
        headers: { "Content-Type": "application/vnd.fdo.journal" },
        body: "__REALTIME_TIMESTAMP=1795341600000000\nMESSAGE=hello\nPRIORITY=6\n\n",
      },
      status: 202,
      type: "text/plain",
    },
  },
  {
    protocol: "logpush",
    method: "POST",
    path: "/logpush/{service}",
    description: {
      tag: "Send",
      summary: "Cloudflare Logpush, HTTP destination.",
      params: { service: "Who sends." },
      example: {
        params: { service: "web" },
        body: '{"EdgeStartTimestamp":"2026-11-22T10:00:00Z","ClientRequestPath":"/","EdgeResponseStatus":200}\n',
      },
      type: "*/*",
    },
  },
  {
    protocol: "beacon",
    method: "POST",
    path: "/beacon/{service}",
    description: {
      tag: "Send",
      summary: "Events of web pages; what beacon.js sends.",
      params: { service: "Who sends." },
      example: { params: { service: "web" }, body: { event: "page_view", path: "/" } },
      status: 204,
    },
  },
];
