// A newcomer's try: a fresh clone, a fresh server, and every command of README and docs run in its order: `npm run newcomer [-- PAGE…]`.
import { ensureInstalled, ensureNode, ROOT } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { execFileSync, spawn, spawnSync } = await import("node:child_process");
const { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } = await import("node:fs");
const { createServer } = await import("node:net");
const { tmpdir } = await import("node:os");
const { join } = await import("node:path");
const { setTimeout: sleep } = await import("node:timers/promises");
const { adapted, commandsOf, reasonNotToRun } = await import("./lib/newcomer/commands.mjs");

const COMMAND_WITHIN_MS = 120_000;
/** curl fails on an error of the server, as a person would notice it; each command says its number before it runs. */
const PRELUDE = `set -e -o pipefail
curl() { command curl --fail-with-body --silent --show-error --max-time 60 "$@"; }
weir() { curl -H "Authorization: Bearer $WEIR_TOKEN" "$WEIR_URL$1"; }
`;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const pagesOf = (clone) => [
  "README.md",
  ...readdirSync(join(clone, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !path.startsWith("decisions"))
    .sort()
    .map((path) => `docs/${path}`),
];

async function startedServer(clone, port) {
  // Nothing of this shell: the token has to be the one that README finds.
  const { ADMIN_TOKEN: _token, STATE_DIR: _state, ...env } = process.env;
  const server = spawn("npm", ["start"], {
    cwd: clone,
    env: { ...env, PORT: String(port) },
    stdio: "ignore",
    detached: true,
  });
  for (let attempt = 0; attempt < 600 && server.exitCode === null; attempt++) {
    if ((await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined))?.ok) return server;
    await sleep(200);
  }
  throw new Error("npm start in a fresh clone did not become healthy");
}

/** What the pages call the keys that they suppose their reader to have made. */
const keysOf = (token, origin) => ({
  ...Object.fromEntries(["WEIR_TOKEN", "ADMIN_TOKEN", "KEY", "INGEST_KEY", "WEIR_KEY"].map((name) => [name, token])),
  WEIR_URL: origin,
});

/** Runs a page's commands in one shell, since later ones use what earlier ones set. undefined if all went well. */
function failureOf(commands, clone, env) {
  const script = commands.map(({ run }, at) => `echo "::${at}" >&2\n${run}`).join("\n");
  const { status, stdout, stderr, error } = spawnSync("bash", ["-c", `${PRELUDE}${script}`], {
    cwd: clone,
    env: { ...process.env, ...env },
    encoding: "utf8",
    timeout: COMMAND_WITHIN_MS * commands.length,
    maxBuffer: 64_000_000,
  });
  if (status === 0) return undefined;
  const at = Number([...stderr.matchAll(/^::(\d+)$/gm)].at(-1)?.[1] ?? 0);
  return { at, text: `${stdout.slice(-800)}\n${stderr.slice(-1_500)}${error ?? ""}` };
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), "weir-newcomer-"));
  const clone = join(folder, "weir");
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${ROOT}`, clone]);
  symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
  // The log that README supposes its reader to have.
  for (const name of ["access.log", "app.log"])
    copyFileSync(join(clone, "test/fixtures/access.log"), join(clone, name));
  const port = await freePort();
  const server = await startedServer(clone, port);
  const origin = `http://127.0.0.1:${port}`;
  const token = /^ADMIN_TOKEN=(.*)$/m.exec(readFileSync(join(clone, ".dev.vars"), "utf8"))[1];
  let [ran, failed] = [0, 0];
  try {
    const chosen = process.argv.slice(2);
    for (const page of chosen.length > 0 ? chosen : pagesOf(clone)) {
      const all = commandsOf(readFileSync(join(clone, page), "utf8"));
      for (const { line, text } of all)
        if (reasonNotToRun(text))
          console.log(`not run  ${page}:${line}  ${text.split("\n")[0]}: ${reasonNotToRun(text)}`);
      const commands = all
        .filter(({ text }) => !reasonNotToRun(text))
        .map((command) => ({ ...command, run: adapted(command.text, { origin, token, folder }) }));
      if (commands.length === 0) continue;
      const failure = failureOf(commands, clone, keysOf(token, origin));
      commands.forEach(({ line, text }, at) => {
        if (failure && at > failure.at) return;
        const isBad = at === failure?.at;
        console.log(`${isBad ? "FAILED " : "ok     "}  ${page}:${line}  ${text.split("\n")[0]}`);
        if (isBad) console.log(failure.text.replace(/^/gm, "         | "));
        ran++;
      });
      if (failure) failed++;
    }
  } finally {
    process.kill(-server.pid, "SIGINT");
    await new Promise((resolve) => (server.exitCode === null ? server.once("close", resolve) : resolve()));
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${ran} commands ran, ${failed} pages failed.`);
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
