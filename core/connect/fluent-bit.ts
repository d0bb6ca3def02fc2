import { addressOf } from "./address.ts";
import type { Sender } from "./sender.ts";

export const fluentBit: Sender = {
  name: "fluent-bit",
  title: "Fluent Bit (http)",
  isProven: false,
  config: ({ origin, service, key }) => {
    const { scheme, host, port } = addressOf(origin)!;
    return {
      files: [
        {
          name: "/etc/fluent-bit/fluent-bit.conf",
          text: `[SERVICE]
    flush                     1
    storage.path              /var/lib/fluent-bit/storage

[INPUT]
    name                      tail
    path                      /var/log/*.log
    db                        /var/lib/fluent-bit/tail.db
    storage.type              filesystem

[OUTPUT]
    name                      http
    match                     *
    host                      ${host}
    port                      ${port}
    tls                       ${scheme === "https" ? "on" : "off"}
    uri                       /ingest/${service}
    format                    json_lines
    json_date_key             time
    json_date_format          iso8601
    compress                  gzip
    header                    Authorization Bearer ${key}
    retry_limit               no_limits
`,
        },
      ],
      notes: [
        "It repeats on 408, 429, 5xx and broken connections, and drops a chunk on any other 4xx.",
        "retry_limit is 1 unless set: without no_limits a chunk is gone after one retry.",
      ],
    };
  },
};
