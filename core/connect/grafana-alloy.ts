import type { Sender } from "./sender.ts";

export const grafanaAlloy: Sender = {
  name: "grafana-alloy",
  title: "Grafana Alloy (loki.write)",
  isProven: false,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/alloy/config.alloy",
        text: `local.file_match "logs" {
  path_targets = [{ "__path__" = "/var/log/*.log" }]
}

loki.source.file "logs" {
  targets    = local.file_match.logs.targets
  forward_to = [loki.write.weir.receiver]
}

loki.write "weir" {
  endpoint {
    url                 = "${origin}/loki/api/v1/push"
    bearer_token        = "${key}"
    max_backoff_retries = 0
  }
  external_labels = { service_name = "${service}" }
}
`,
      },
    ],
    notes: [
      "max_backoff_retries = 0 repeats for ever on 429, 5xx and broken connections; the default gives up after ten.",
    ],
  }),
};
