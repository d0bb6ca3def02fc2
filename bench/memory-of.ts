import { readdirSync, readFileSync } from "node:fs";

interface Process {
  pid: number;
  parent: number;
  name: string;
}

/** Resident memory in MiB of every process of this name under `root`, itself included; 0 where there is no /proc. */
export function memoryOf(root: number, name: string): number {
  const all = processes();
  const under = new Set([root]);
  for (let before = 0; before !== under.size; ) {
    before = under.size;
    for (const { pid, parent } of all) if (under.has(parent)) under.add(pid);
  }
  return all
    .filter((one) => under.has(one.pid) && one.name === name)
    .reduce((sum, { pid }) => sum + residentMib(pid), 0);
}

function processes(): Process[] {
  try {
    return readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .flatMap((entry) => processAt(Number(entry)) ?? []);
  } catch {
    return [];
  }
}

/** Undefined for a process that ended while we looked. */
function processAt(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const close = stat.lastIndexOf(")");
    return { pid, name: stat.slice(stat.indexOf("(") + 1, close), parent: Number(stat.slice(close + 2).split(" ")[1]) };
  } catch {
    return undefined;
  }
}

function residentMib(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
