import type { Sender } from "./sender.ts";

export const fluentd: Sender = {
  name: "fluentd",
  title: "Fluentd (out_http)",
  isProven: false,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/fluent/fluentd.conf",
        text: `<match **>
  @type http
  endpoint ${origin}/ingest/${service}
  http_method post
  content_type application/x-ndjson
  headers {"Authorization":"Bearer ${key}"}
  retryable_response_codes 408,429,500,502,503,504
  <format>
    @type json
  </format>
  <inject>
    time_key time
    time_type string
    time_format %Y-%m-%dT%H:%M:%S.%N%:z
  </inject>
  <buffer>
    @type file
    path /var/log/fluent/weir
    chunk_limit_size 4m
    flush_interval 1s
    retry_forever true
  </buffer>
</match>
`,
      },
    ],
    notes: [
      "retryable_response_codes must be set: 503 alone is repeated without it.",
      "Any other 4xx or 5xx is an error that it does not repeat: the chunk goes to its backup folder.",
    ],
  }),
};
