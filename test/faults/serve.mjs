// Serves Weir with the fault switch: for chaos rounds only. `npm start` and every deployment serve another bundle.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "../../scripts/lib/build.mjs";
import { ROOT, runTool } from "../../scripts/lib/install.mjs";
import { serve } from "../../scripts/lib/serve.mjs";

const WORKER = join(ROOT, "dist", "faulty", "worker.js");
const STAMP = join(ROOT, "dist", ".faulty-built-from");

build();
const sources = readFileSync(join(ROOT, "dist", ".built-from"), "utf8") + stampOf(join(ROOT, "test", "faults"));
if (!existsSync(WORKER) || !existsSync(STAMP) || readFileSync(STAMP, "utf8") !== sources) {
  const args = ["deploy", "--dry-run", "test/faults/worker.ts", "--outdir", "dist/faulty"];
  runTool("wrangler", args, { env: { WRANGLER_SEND_METRICS: "false" } });
  writeFileSync(STAMP, sources);
}
const server = await serve({
  host: process.env.HOST ?? "127.0.0.1",
  port: Number(process.env.PORT),
  stateDir: resolve(process.env.STATE_DIR),
  worker: WORKER,
});
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    await server.stop();
    process.exit(0);
  });
}

function stampOf(folder) {
  return readdirSync(folder)
    .map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`)
    .join("\n");
}
