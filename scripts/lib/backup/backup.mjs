import { constants, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { frozen } from "./frozen.mjs";
import { checkedManifest, filesIn, writeManifest } from "./manifest.mjs";

/** Of one process, or made again at need. */
const LEFT_OUT = /^(?:server\.pid|server\.log|cache)$/;

/**
 * Copies a state folder as of one moment: databases, streams with their journals, archive, keys. Every database of the copy is checked and
 * closed off, so that the copy is whole files without logs beside them.
 */
export function backup({ stateDir, to, nowMs }) {
  if (!existsSync(join(stateDir, "d1"))) throw new Error(`there is no state in ${stateDir}`);
  if (existsSync(to)) throw new Error(`${to} is there already: a backup never writes over another`);
  // Under another name until it is whole.
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const { stoodStillMs } = frozen(stateDir, () => copy(stateDir, unfinished));
  const databases = filesIn(unfinished).filter((path) => path.endsWith(".sqlite"));
  for (const path of databases) closeOff(join(unfinished, path));
  const { files } = writeManifest(unfinished, nowMs);
  renameSync(unfinished, to);
  return {
    files: files.length,
    databases: databases.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    stoodStillMs,
  };
}

/** Takes the log of each database into its file, and has SQLite check the whole. */
function closeOff(file) {
  const database = new DatabaseSync(file);
  try {
    const [{ integrity_check: found }] = database.prepare("PRAGMA integrity_check").all();
    if (found !== "ok") throw new Error(`${file} is damaged: ${found}`);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
  for (const ending of ["-wal", "-shm"]) rmSync(`${file}${ending}`, { force: true });
}

/** Puts a backup where there is no state, after checking that it is whole. With `replace`, a state that is there is moved aside, not deleted. */
export function restore({ from, stateDir, replace, nowMs }) {
  const manifest = checkedManifest(from);
  let movedTo;
  if (existsSync(stateDir) && readdirSync(stateDir).length > 0) {
    if (!replace) throw new Error(`${stateDir} is not empty: add --replace to move what is there aside`);
    if (existsSync(join(stateDir, "server.pid"))) ensureStopped(stateDir);
    movedTo = join(
      dirname(stateDir),
      `${basename(stateDir)}-before-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, "-")}`,
    );
    renameSync(stateDir, movedTo);
  }
  mkdirSync(stateDir, { recursive: true });
  copy(from, stateDir);
  rmSync(join(stateDir, "manifest.json"));
  return { ...manifest, movedTo };
}

function ensureStopped(stateDir) {
  const { stoodStillMs } = frozen(stateDir, () => {});
  if (stoodStillMs !== undefined) throw new Error(`a server runs on ${stateDir}: stop it first`);
}

/** Shares blocks where the file system can: then a copy of gigabytes takes no longer than one of bytes. */
function copy(from, to) {
  for (const name of readdirSync(from))
    if (!LEFT_OUT.test(name))
      cpSync(join(from, name), join(to, name), { recursive: true, mode: constants.COPYFILE_FICLONE });
}
