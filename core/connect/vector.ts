import type { Sender } from "./sender.ts";

export const vector: Sender = {
  name: "vector",
  title: "Vector (http)",
  isProven: false,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/vector/vector.yaml",
        text: `sources:
  files:
    type: file
    include: ["/var/log/*.log"]

sinks:
  weir:
    type: http
    inputs: ["files"]
    uri: "${origin}/ingest/${service}"
    method: post
    compression: gzip
    encoding:
      codec: json
    framing:
      method: newline_delimited
    auth:
      strategy: bearer
      token: "${key}"
    batch:
      max_events: 5000
      timeout_secs: 1
    buffer:
      type: disk
      max_size: 1073741824
`,
      },
    ],
    notes: [
      "It repeats on 408, 429, 5xx (not 501) and broken connections, and drops a batch on any other 4xx.",
      "The disk buffer keeps what nobody has acknowledged; 268,435,488 bytes is its least size.",
    ],
  }),
};
