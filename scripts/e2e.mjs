// The dashboard in a real Chromium, against `npm start` and `wrangler dev`: `npm run e2e [-- file or vitest argument…]`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { binEnv, ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(new URL(import.meta.url).pathname);
const { build } = await import("./lib/build.mjs");
const { ensureBrowser } = await import("./lib/browser.mjs");

build();
ensureBrowser();
const only = process.argv.slice(2);
const chosen = only.some((argument) => !argument.startsWith("-")) ? only : ["test/e2e", ...only];
const run = spawnSync(join(ROOT, "node_modules", ".bin", "vitest"), ["run", "--project", "node", ...chosen], {
  cwd: ROOT,
  env: binEnv(),
  stdio: "inherit",
});
process.exit(run.status ?? 1);
