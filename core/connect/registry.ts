import { awsFirehose } from "./aws-firehose.ts";
import { browserBeacon } from "./browser-beacon.ts";
import { cloudflareLogpush } from "./cloudflare-logpush.ts";
import { curl } from "./curl.ts";
import { datadogAgent } from "./datadog-agent.ts";
import { datadogServerless } from "./datadog-serverless.ts";
import { filebeat } from "./filebeat.ts";
import { fluentBit } from "./fluent-bit.ts";
import { fluentd } from "./fluentd.ts";
import { gelf } from "./gelf.ts";
import { grafanaAlloy } from "./grafana-alloy.ts";
import { logstash } from "./logstash.ts";
import { opentelemetryCollector } from "./opentelemetry-collector.ts";
import { opentelemetryJsHttp, opentelemetryJsProto } from "./opentelemetry-js.ts";
import { pinoLoki } from "./pino-loki.ts";
import { rsyslog } from "./rsyslog.ts";
import type { Sender } from "./sender.ts";
import { splunkHec } from "./splunk-hec.ts";
import { syslogNg } from "./syslog-ng.ts";
import { systemdJournalUpload } from "./systemd-journal-upload.ts";
import { tailWorker } from "./tail-worker.ts";
import { vector } from "./vector.ts";
import { winstonElasticsearch } from "./winston-elasticsearch.ts";
import { winstonLoki } from "./winston-loki.ts";

/** Every program that can be pointed here, in the order in which they are listed. */
export const SENDERS: readonly Sender[] = [
  curl,
  rsyslog,
  syslogNg,
  systemdJournalUpload,
  fluentBit,
  vector,
  fluentd,
  logstash,
  filebeat,
  grafanaAlloy,
  opentelemetryCollector,
  opentelemetryJsHttp,
  opentelemetryJsProto,
  pinoLoki,
  winstonLoki,
  winstonElasticsearch,
  splunkHec,
  datadogAgent,
  datadogServerless,
  gelf,
  cloudflareLogpush,
  tailWorker,
  awsFirehose,
  browserBeacon,
];

export const senderOf = (name: string): Sender | undefined => SENDERS.find((sender) => sender.name === name);
