import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Takes a state folder for this process; throws if a living process has it: two servers on one state would ruin it. */
export function lockState(folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "server.pid");
  const holder = holderOf(file);
  if (holder !== undefined)
    throw new Error(
      `The state in ${folder} is in use by process ${holder}. Stop it with: kill ${holder}, or choose another folder: STATE_DIR=… npm start`,
    );
  writeFileSync(file, String(process.pid));
  return {
    setWorkerd: (pid) => writeFileSync(file, `${process.pid}\n${pid}`),
    unlock: () => rmSync(file, { force: true }),
  };
}

/** A SIGKILL of the parent leaves workerd alive, so its process is remembered too. */
function holderOf(file) {
  let pids;
  try {
    pids = readFileSync(file, "utf8")
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return undefined;
  }
  return pids.find((pid) => pid !== process.pid && isAlive(pid) && isOurs(pid));
}

/** A number is used again after a while: only a node or workerd process can be the one that wrote it. */
function isOurs(pid) {
  try {
    return /node|workerd/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
