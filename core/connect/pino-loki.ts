import type { Sender } from "./sender.ts";

export const pinoLoki: Sender = {
  name: "pino-loki",
  title: "pino (pino-loki)",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "logger.mjs",
        text: `import pino from "pino";

const transport = pino.transport({
  target: "pino-loki",
  options: {
    host: ${JSON.stringify(origin)},
    basicAuth: { username: "weir", password: ${JSON.stringify(key)} },
    labels: { service_name: ${JSON.stringify(service)} },
    batching: { interval: 1, maxBufferSize: 10_000 },
  },
});

export const logger = pino({ level: "trace" }, transport);
`,
      },
    ],
    run: "npm install pino pino-loki",
    notes: [
      "It sends nothing twice: a batch that is refused, or during which nothing answers, is lost, with a message on the console. Where that matters, log to stdout and let a shipper read it.",
    ],
  }),
};
