import type { Sender } from "./sender.ts";

export const datadogServerless: Sender = {
  name: "datadog-serverless",
  title: "Datadog's logs intake over HTTP: functions and loggers without an Agent",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [],
    run: `curl --fail-with-body --retry 5 --retry-all-errors -H "DD-API-KEY: ${key}" -H "Content-Type: application/json" --data-binary @logs.json "${origin}/datadog/api/v2/logs?ddsource=nodejs&service=${service}"`,
    notes: [
      `winston: new winston.transports.Http({ host, path: "/datadog/api/v2/logs?dd-api-key=KEY&ddsource=nodejs&service=${service}", ssl: true }).`,
      "Loggers of this kind send nothing twice.",
    ],
  }),
};
