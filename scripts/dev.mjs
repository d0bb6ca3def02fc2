// `wrangler dev` with reload, for people who change the code: same bindings, same state folder layout as wrangler's own.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { binEnv, ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(new URL(import.meta.url).pathname);
const { localSecrets } = await import("./lib/admin-token.mjs");
const { buildAssets, isBuilt } = await import("./lib/build.mjs");
const { runTool } = await import("./lib/install.mjs");
const { v8Flags } = await import("./lib/runtime.mjs");

const host = process.env.HOST ?? "127.0.0.1";
const port = process.env.PORT ?? "8787";
const stateDir = process.env.STATE_DIR ?? ".wrangler/state";
const { ADMIN_TOKEN } = localSecrets();
const env = {
  ...binEnv(),
  WRANGLER_SEND_METRICS: "false",
  MINIFLARE_WORKERD_V8_FLAGS: v8Flags(process.env.MINIFLARE_WORKERD_V8_FLAGS),
};

// What is already there is left alone: another server may be serving it.
if (!isBuilt()) {
  console.log("Building the dashboard …");
  buildAssets();
}
for (const database of ["DB", "CONTROL"])
  runTool("wrangler", ["d1", "migrations", "apply", database, "--local", "--persist-to", stateDir], {
    env: { CI: "1" },
  });
console.log(`\n  Open it, signed in:   http://${host}:${port}/#token=${ADMIN_TOKEN}\n`);

const children = [
  spawn(
    join(ROOT, "node_modules/.bin/wrangler"),
    [
      "dev",
      "--ip",
      host,
      "--port",
      port,
      "--persist-to",
      stateDir,
      "--var",
      `ADMIN_TOKEN:${ADMIN_TOKEN}`,
      "--show-interactive-dev-session=false",
    ],
    { cwd: ROOT, env, stdio: "inherit" },
  ),
  spawn(
    join(ROOT, "node_modules/.bin/vite"),
    ["build", "--config", "dashboard/vite.config.ts", "--watch", "--logLevel", "warn", "--emptyOutDir", "false"],
    { cwd: ROOT, env, stdio: "inherit" },
  ),
];
const stop = () => {
  for (const child of children) child.kill("SIGTERM");
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
children[0].on("exit", (code) => {
  stop();
  process.exit(code ?? 0);
});
