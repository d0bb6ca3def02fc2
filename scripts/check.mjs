// Everything that has to hold before a change is shared: format and lint, types, unused exports, tests and budgets.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { binEnv, ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(new URL(import.meta.url).pathname);

const STEPS = [
  ["format and lint", "biome", "check", "."],
  ["types of core", "tsc", "-p", "core"],
  ["types of the Worker", "tsc", "-p", "worker"],
  ["types of the dashboard", "tsc", "-p", "dashboard"],
  ["types of the tests", "tsc", "-p", "test"],
  ["types of the browser tests", "tsc", "-p", "test/tsconfig.node.json"],
  ["types of the tools", "tsc", "-p", "tools"],
  ["unused files, exports and packages", "knip"],
];

for (const [what, tool, ...args] of STEPS) {
  process.stdout.write(`${what} … `);
  const run = spawnSync(join(ROOT, "node_modules/.bin", tool), args, {
    cwd: ROOT,
    env: binEnv(),
    encoding: "utf8",
    maxBuffer: 64_000_000,
  });
  console.log(run.status === 0 ? "ok" : "failed");
  if (run.status !== 0) {
    console.error(`${run.stdout}${run.stderr}`);
    process.exit(1);
  }
}
const tests = spawnSync(process.execPath, [join(ROOT, "scripts/test.mjs")], {
  cwd: ROOT,
  env: binEnv(),
  stdio: "inherit",
});
process.exit(tests.status ?? 1);
