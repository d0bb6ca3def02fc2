import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BIN = join(ROOT, "node_modules", ".bin");
/** Where the lock file that is installed is remembered: npm itself re-reads the whole tree to know. */
const STAMP = join(ROOT, "node_modules", ".weir-installed");
/** What wrangler, vitest and node:sqlite need; the npm package `node` brings it where the machine has less. */
const MIN_NODE = [22, 13];

/**
 * Installs what the lock file says, unless it is there already. Not `npm ci`: that insists on the optional packages of every
 * other platform, which not every registry has.
 */
export function ensureInstalled() {
  const lock = createHash("sha256")
    .update(readFileSync(join(ROOT, "package-lock.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return;
  // A tree that npm has just made from this lock file counts too.
  const isFresh =
    existsSync(join(ROOT, "node_modules", ".package-lock.json")) &&
    existsSync(join(BIN, "wrangler")) &&
    existsSync(join(BIN, "node"));
  if (!isFresh) {
    console.log("Installing packages …");
    const install = spawnSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: ROOT,
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    if (install.status !== 0) process.exit(install.status ?? 1);
  }
  writeFileSync(STAMP, lock);
}

/** Starts this script again under the project's own Node where the machine's is too old. Returns only if it is not. */
export function ensureNode(script) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  const again = spawnSync(join(BIN, "node"), [script, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: "inherit",
    env: binEnv(),
  });
  process.exit(again.status ?? 1);
}

/** The environment in which the project's own tools are found first. */
export const binEnv = () => ({ ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ""}` });

/** Runs one of the project's tools; its output is shown only if it fails. */
export function runTool(name, args, options = {}) {
  const run = spawnSync(join(BIN, name), args, {
    cwd: ROOT,
    env: { ...binEnv(), ...options.env },
    encoding: "utf8",
    maxBuffer: 64_000_000,
  });
  if (run.status === 0) return run.stdout;
  console.error(`${name} ${args.join(" ")} failed:\n${run.stdout ?? ""}${run.stderr ?? run.error ?? ""}`);
  process.exit(run.status ?? 1);
}
