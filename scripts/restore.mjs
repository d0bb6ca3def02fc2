// Puts a backup in the place of the state folder: `npm run restore -- --from FOLDER [--replace]`. The server must not run.
import { ensureInstalled, ensureNode } from "./lib/install.mjs";

ensureInstalled();
ensureNode(import.meta.filename ?? new URL(import.meta.url).pathname);

const { resolve } = await import("node:path");
const { parseArgs } = await import("node:util");
const { restore } = await import("./lib/backup/backup.mjs");
const { ROOT } = await import("./lib/install.mjs");

const OPTIONS = { from: { type: "string" }, replace: { type: "boolean", default: false } };

try {
  const { values } = parseArgs({ options: OPTIONS });
  if (!values.from) throw new Error("which backup? Say --from FOLDER");
  const stateDir = resolve(ROOT, process.env.STATE_DIR ?? ".weir/state");
  const from = resolve(process.env.INIT_CWD ?? ".", values.from);
  const { created, weir, files, movedTo } = restore({ from, stateDir, replace: values.replace, nowMs: Date.now() });
  console.log(`${stateDir} is as of ${created}: ${files.length} files, made by version ${weir}.`);
  if (movedTo) console.log(`What was there is in ${movedTo}.`);
  console.log("Start it with `npm start`, then ask GET /api/pipeline/verify?service=… for the proof.");
} catch (error) {
  console.error(`Not restored: ${error.message}`);
  process.exitCode = 1;
}
