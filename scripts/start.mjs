// Serves Weir from this machine: builds it, applies migrations, runs the built Worker on workerd.
import { ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { resolve } = await import("node:path");
const { serve } = await import("./lib/serve.mjs");
const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 8787);
const stateDir = resolve(ROOT, process.env.STATE_DIR ?? ".weir/state");

try {
  const server = await serve({ host, port, stateDir });
  const shown = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  console.log(`
  Weir is running at http://${shown}:${port}

  Open it, signed in:   http://${shown}:${port}/#token=${server.token}
  Send it a log:        curl -H "Authorization: Bearer ${server.token}" --data-binary @access.log http://${shown}:${port}/ingest/web
  State:                ${stateDir}
  Stop:                 Ctrl-C
`);
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, async () => {
      if (isStopping) return;
      isStopping = true;
      await server.stop();
      process.exit(0);
    });
  }
} catch (error) {
  console.error(`\nWeir could not start: ${error.message}\n`);
  process.exit(1);
}
