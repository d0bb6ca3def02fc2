import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";

export interface Child {
  process: ChildProcess;
  ended: Promise<number | null>;
  kill(): Promise<void>;
}

const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

/** Starts a program whose output goes into `output.log` of its folder. It never outlives the tests. */
export function startChild(command: string, args: string[], folder: string, options: SpawnOptions = {}): Child {
  const child = spawn(command, args, { cwd: folder, ...options, stdio: ["pipe", "pipe", "pipe"] });
  const log = createWriteStream(join(folder, "output.log"), { flags: "a" });
  child.stdout!.pipe(log, { end: false });
  child.stderr!.pipe(log, { end: false });
  // A program that ended takes no more; its end is what is looked at.
  child.stdin!.on("error", () => {});
  alive.add(child);
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      log.end(`${error}\n`);
      resolve(null);
    });
    child.once("close", (code) => {
      alive.delete(child);
      log.end();
      resolve(code);
    });
  });
  return {
    process: child,
    ended,
    async kill() {
      child.kill("SIGTERM");
      const slow = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await ended;
      clearTimeout(slow);
    },
  };
}
