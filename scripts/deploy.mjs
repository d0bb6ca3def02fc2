// Puts Weir on Cloudflare: `npm run deploy [-- --env staging] [--dry-run]`. See docs/operations.md.
import { ensureInstalled, ensureNode } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { spawnSync } = await import("node:child_process");
const { rmSync, writeFileSync } = await import("node:fs");
const { join } = await import("node:path");
const { parseArgs } = await import("node:util");
const { build, buildAssets } = await import("./lib/build.mjs");
const { checkBudget } = await import("./lib/deploy/budget.mjs");
const { deploy } = await import("./lib/deploy/deploy.mjs");
const { baseConfig, configFileOf, environmentConfig, PRODUCTION, resourcesOf } = await import(
  "./lib/deploy/environment-config.mjs"
);
const { planOf } = await import("./lib/deploy/plan.mjs");
const { binEnv, ROOT } = await import("./lib/install.mjs");

const OPTIONS = { env: { type: "string", default: PRODUCTION }, "dry-run": { type: "boolean", default: false } };

/** CI=1: wrangler asks nothing. */
function wrangler(args) {
  const run = spawnSync(join(ROOT, "node_modules/.bin/wrangler"), args, {
    cwd: ROOT,
    env: { ...binEnv(), CI: "1", WRANGLER_SEND_METRICS: "false" },
    encoding: "utf8",
    maxBuffer: 64_000_000,
  });
  return { ok: run.status === 0, output: `${run.stdout ?? ""}${run.stderr ?? run.error ?? ""}` };
}

function dryRun(environment) {
  const text = environmentConfig(baseConfig(), environment, () => undefined);
  console.log(`Would deploy to ${environment}:`);
  for (const step of planOf(resourcesOf(text), environment)) console.log(`  ${step}`);
  buildAssets();
  // Beside wrangler.toml, because its paths are relative to it; gone afterwards.
  const file = `wrangler.dry-run-${process.pid}.local.toml`;
  const folder = `dist/dry-run-${environment}`;
  writeFileSync(join(ROOT, file), text);
  try {
    const { ok, output } = wrangler(["deploy", "--dry-run", "--outdir", folder, "--config", file]);
    if (!ok) throw new Error(output);
  } finally {
    rmSync(join(ROOT, file), { force: true });
  }
  const { bytes, gzipped } = checkBudget(join(ROOT, folder));
  console.log(`The Worker: ${bytes} bytes, ${gzipped} gzipped, in ${folder}. Nothing was changed anywhere.`);
}

async function isHealthy(url) {
  for (let attempt = 0; attempt < 20; attempt++) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
  return false;
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  const environment = values.env;
  if (!/^[a-z0-9-]{1,20}$/.test(environment)) throw new Error("an environment's name is 1-20 of a-z, 0-9 and dash");
  if (values["dry-run"]) return dryRun(environment);
  build();
  checkBudget(join(ROOT, "dist/worker"));
  const { url, token } = deploy({ environment, wrangler, say: (line) => console.log(`  ${line}`) });
  if (url && !(await isHealthy(url)))
    throw new Error(`${url}/healthz is not well; look with: npx wrangler tail --config ${configFileOf(environment)}`);
  if (token) console.log(`\n  ADMIN_TOKEN, shown this once: ${token}`);
  if (url) console.log(`\n  Open it${token ? ", signed in" : ""}: ${url}/${token ? `#token=${token}` : ""}\n`);
}

try {
  await main();
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
