// Runs every test: `npm test [-- vitest arguments]`. Installs what is missing first.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { binEnv, ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(new URL(import.meta.url).pathname);
const { build } = await import("./lib/build.mjs");
const { ensureBrowser } = await import("./lib/browser.mjs");

const only = process.argv.slice(2);
build();
if (only.length === 0) ensureBrowser();
const run = spawnSync(join(ROOT, "node_modules", ".bin", "vitest"), ["run", ...only], {
  cwd: ROOT,
  env: binEnv(),
  stdio: "inherit",
});
process.exit(run.status ?? 1);
