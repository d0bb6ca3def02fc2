import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs `work` while the server on this state stands still, if one runs: all its files then are of one moment, as after a power cut, which
 * is what journal and databases are made to survive. A copy taken file by file from a running server would not do: a message could have
 * left the journal and not have reached the copied database yet.
 *
 * @returns what `work` returns, and for how long the server stood still; undefined where none runs
 */
export function frozen(stateDir, work) {
  const pid = workerdOf(stateDir);
  if (pid === undefined) return { value: work(), stoodStillMs: undefined };
  const startMs = performance.now();
  process.kill(pid, "SIGSTOP");
  try {
    untilStopped(pid);
    return { value: work(), stoodStillMs: Math.round(performance.now() - startMs) };
  } finally {
    process.kill(pid, "SIGCONT");
  }
}

/** workerd's process, as the lock of scripts/lib/state-lock.mjs names it: the one that writes. */
function workerdOf(stateDir) {
  let pids;
  try {
    pids = readFileSync(join(stateDir, "server.pid"), "utf8").split("\n").map(Number);
  } catch {
    return undefined;
  }
  const running = pids.filter((pid) => pid > 0 && commandOf(pid) !== undefined);
  if (running.length === 0) return undefined;
  const workerd = running.find((pid) => commandOf(pid).includes("workerd"));
  if (workerd === undefined)
    throw new Error(
      `A server runs on ${stateDir} (process ${running[0]}) and cannot be held still here: stop it first`,
    );
  return workerd;
}

const commandOf = (pid) => readProc(pid, "cmdline") || undefined;

/** A signal is taken at once by a thread that runs, and soon by one in a system call. */
function untilStopped(pid) {
  for (let attempt = 0; attempt < 1_000; attempt++) {
    if (/^State:\s+T/m.test(readProc(pid, "status"))) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  throw new Error(`process ${pid} did not stop within two seconds`);
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
