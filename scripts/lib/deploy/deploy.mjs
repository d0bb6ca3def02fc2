import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../install.mjs";
import { createResources, must } from "./create-resources.mjs";
import { baseConfig, configFileOf, environmentConfig, resourcesOf } from "./environment-config.mjs";

/**
 * Deploys to one environment; doing it again changes only what has changed. Databases get their migrations before the Worker that needs
 * them: migrations only ever add, so that the Worker of before runs on (docs/operations.md, Upgrading).
 *
 * @param wrangler runs a command: `{ ok, output }`, without throwing
 * @returns the Worker's address, and the admin token if it was made now
 */
export function deploy({ environment, wrangler, say, folder = ROOT }) {
  const who = wrangler(["whoami"]);
  if (!who.ok || /not authenticated|not logged in/i.test(who.output))
    throw new Error("wrangler is not signed in: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN");

  const config = configFileOf(environment);
  const text = environmentConfig(baseConfig(), environment, () => undefined);
  const resources = resourcesOf(text);
  const ids = createResources(wrangler, resources, say);
  writeFileSync(
    join(folder, config),
    `# Made by npm run deploy from wrangler.toml: change that one.\n${environmentConfig(baseConfig(), environment, (name) => ids.get(name))}`,
  );
  say(`configuration ${config}: written`);

  for (const binding of resources.bindings) {
    must(
      wrangler(["d1", "migrations", "apply", binding, "--remote", "--config", config]),
      `applying migrations to ${binding}`,
    );
    say(`migrations of ${binding}: applied`);
  }
  return { ...deployWorker(wrangler, config, say), worker: resources.worker };
}

function deployWorker(wrangler, config, say) {
  const secrets = wrangler(["secret", "list", "--config", config]);
  // A Worker that is not there yet has no secrets, and that is no failure.
  const token =
    secrets.ok && secrets.output.includes('"ADMIN_TOKEN"') ? undefined : randomBytes(24).toString("base64url");
  const folder = mkdtempSync(join(tmpdir(), "weir-deploy-"));
  try {
    const file = join(folder, "secrets.json");
    if (token) writeFileSync(file, JSON.stringify({ ADMIN_TOKEN: token }), { mode: 0o600 });
    const output = must(
      wrangler(["deploy", "--config", config, ...(token ? ["--secrets-file", file] : [])]),
      "deploying the Worker",
    );
    const url = /https:\/\/[^\s]+\.workers\.dev/.exec(output)?.[0];
    say(`Worker: deployed${url ? ` at ${url}` : ""}`);
    return { url, token };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
