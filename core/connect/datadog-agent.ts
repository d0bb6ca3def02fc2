import type { Sender } from "./sender.ts";

export const datadogAgent: Sender = {
  name: "datadog-agent",
  title: "Datadog Agent",
  isProven: false,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/datadog-agent/datadog.yaml",
        text: `api_key: ${key}
logs_enabled: true
logs_config:
  force_use_http: true
  logs_dd_url: ${origin}/datadog/${service}
`,
      },
    ],
    run: "systemctl restart datadog-agent",
    notes: [
      "logs_dd_url takes a path since the summer of 2025; older Agents cannot be used.",
      "Metrics and traces still go to Datadog, which needs its own key: use an Agent for logs alone.",
    ],
  }),
};
