import type { Sender } from "./sender.ts";

export const tailWorker: Sender = {
  name: "tail-worker",
  title: "Cloudflare Workers, by a Tail Worker",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "tail.js",
        text: `const LEVELS = { log: "info", info: "info", debug: "debug", warn: "warn", error: "error" };

export default {
  async tail(events, env) {
    const lines = events.flatMap(({ scriptName, event, eventTimestamp, outcome, logs, exceptions }) => {
      const request = event?.request;
      // Without a name where Workers run on one machine
      const app = scriptName ?? "worker";
      const around = { app, outcome, method: request?.method, url: request?.url, status: event?.response?.status };
      return [
        { ...around, time: eventTimestamp, level: outcome === "ok" ? "info" : "error", message: \`\${app} \${outcome}\` },
        ...logs.map(({ timestamp, level, message }) => ({
          ...{ app, time: timestamp, level: LEVELS[level] ?? "info" },
          message: message.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" "),
        })),
        ...exceptions.map(({ timestamp, name, message, stack }) => ({
          ...{ app, time: timestamp, level: "error", message: \`\${name}: \${message}\`, stack },
        })),
      ];
    });
    if (lines.length === 0) return;
    const body = lines.map((line) => JSON.stringify(line)).join("\\n");
    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = await fetch(${JSON.stringify(`${origin}/ingest/${service}`)}, {
        method: "POST",
        headers: { Authorization: \`Bearer \${env.WEIR_KEY}\`, "Content-Type": "application/x-ndjson" },
        body,
      }).catch(() => undefined);
      if (answer !== undefined && answer.status < 500) return;
      await scheduler.wait(500 * 2 ** attempt);
    }
  },
};
`,
      },
      {
        name: "wrangler.toml",
        text: `name = "weir-tail"
main = "tail.js"
compatibility_date = "2026-01-01"
`,
      },
    ],
    run: `npx wrangler deploy && echo ${JSON.stringify(key)} | npx wrangler secret put WEIR_KEY`,
    notes: [
      'Name it in every Worker that is to be heard: tail_consumers = [{ service = "weir-tail" }]. Never in the Worker of Weir itself: each batch would be the cause of the next.',
      "It tries three times within some seconds; what is refused longer is lost.",
    ],
  }),
};
