// Copies the state folder as of one moment: `npm run backup [-- --to FOLDER]`. The server may run. See docs/operations.md.
import { ensureInstalled, ensureNode } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { resolve } = await import("node:path");
const { parseArgs } = await import("node:util");
const { backup } = await import("./lib/backup/backup.mjs");
const { ROOT } = await import("./lib/install.mjs");

try {
  const nowMs = Date.now();
  const { values } = parseArgs({ options: { to: { type: "string" } } });
  const stateDir = resolve(ROOT, process.env.STATE_DIR ?? ".weir/state");
  const name = new Date(nowMs).toISOString().replaceAll(/[:.]/g, "-");
  const to = resolve(process.env.INIT_CWD ?? ".", values.to ?? `${ROOT}/.weir/backups/${name}`);
  const { files, databases, bytes, stoodStillMs } = backup({ stateDir, to, nowMs });
  const pause = stoodStillMs === undefined ? "no server ran" : `the server stood still for ${stoodStillMs} ms`;
  console.log(`${to}\n${files} files, ${databases} of them databases, each checked; ${bytes} bytes; ${pause}`);
} catch (error) {
  console.error(`No backup: ${error.message}`);
  process.exitCode = 1;
}
