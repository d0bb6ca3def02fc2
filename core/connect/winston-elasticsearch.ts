import type { Sender } from "./sender.ts";

export const winstonElasticsearch: Sender = {
  name: "winston-elasticsearch",
  title: "winston (winston-elasticsearch)",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "logger.mjs",
        text: `import winston from "winston";
import { ElasticsearchTransport } from "winston-elasticsearch";

const transport = new ElasticsearchTransport({
  level: "silly",
  index: ${JSON.stringify(service)},
  flushInterval: 1000,
  clientOpts: {
    node: ${JSON.stringify(`${origin}/elastic`)},
    auth: { username: "weir", password: ${JSON.stringify(key)} },
  },
});
transport.on("warning", (error) => console.error(error.message));
transport.on("error", (error) => console.error(error.message));

export const logger = winston.createLogger({ level: "silly", transports: [transport] });
`,
      },
    ],
    run: "npm install winston winston-elasticsearch",
    notes: [
      "It repeats whatever was refused, up to 400 times a batch, and looks at the cluster's health in between.",
      "It sends the newest records first; they are stored under their own times all the same.",
    ],
  }),
};
