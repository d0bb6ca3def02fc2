import type { Sender } from "./sender.ts";

export const splunkHec: Sender = {
  name: "splunk-hec",
  title: "Anything that speaks to Splunk's HTTP Event Collector",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [],
    run: `curl --fail-with-body --retry 5 --retry-all-errors -H "Authorization: Splunk ${key}" -H "Content-Type: application/json" --data-binary @events.json ${origin}/splunk/${service}/services/collector/event`,
    notes: [
      `URL of a client: ${origin}/splunk/${service}; it adds /services/collector/event, or /raw, itself. Token: the key.`,
      "Clients that take an address without a path (Docker's splunk driver) cannot be used.",
      "Most clients send a refused batch once more or not at all.",
    ],
  }),
};
