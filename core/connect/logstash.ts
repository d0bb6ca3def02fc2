import type { Sender } from "./sender.ts";

export const logstash: Sender = {
  name: "logstash",
  title: "Logstash (http)",
  isProven: false,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/logstash/conf.d/weir.conf",
        text: `output {
  http {
    url => "${origin}/ingest/${service}"
    http_method => "post"
    format => "json_batch"
    http_compression => true
    headers => { "Authorization" => "Bearer ${key}" }
    retry_failed => true
    retryable_codes => [408, 429, 500, 502, 503, 504]
  }
}
`,
      },
    ],
    notes: ["It repeats these codes and broken connections for ever, and drops a batch on any other refusal."],
  }),
};
