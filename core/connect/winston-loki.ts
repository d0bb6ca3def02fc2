import type { Sender } from "./sender.ts";

export const winstonLoki: Sender = {
  name: "winston-loki",
  title: "winston (winston-loki)",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "logger.mjs",
        text: `import winston from "winston";
import LokiTransport from "winston-loki";

export const logger = winston.createLogger({
  level: "silly",
  transports: [
    new LokiTransport({
      host: ${JSON.stringify(origin)},
      basicAuth: ${JSON.stringify(`weir:${key}`)},
      labels: { service_name: ${JSON.stringify(service)} },
      format: winston.format.json(),
      interval: 1,
      timeout: 30_000,
      onConnectionError: (error) => console.error(error),
    }),
  ],
});
`,
      },
    ],
    run: "npm install winston winston-loki",
    notes: [
      "After any refusal or broken connection it waits 60 s and then sends what it has; what it holds meanwhile is in memory and has no bound.",
      "`format` must be given: without it the fields stand behind the message as text.",
    ],
  }),
};
