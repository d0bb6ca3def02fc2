import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

/** Resolves if nobody listens on the port; else rejects with who does. */
export function ensurePortIsFree(host, port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      const holder = holderOf(port);
      const advice = holder?.pid ? `, stop it with: kill ${holder.pid}` : "";
      reject(
        new Error(
          `Port ${port} is taken by ${holder?.text ?? "another process"}${advice}, or choose another port: PORT=8788 npm start`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

/** The process that listens on a port, as far as this system tells. */
function holderOf(port) {
  return fromProc(port) ?? fromLsof(port);
}

function fromProc(port) {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, "0");
    const inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        .filter((cells) => cells[1]?.endsWith(`:${hex}`) && cells[3] === "0A")
        .map((cells) => `socket:[${cells[9]}]`),
    );
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      if (!holdsOne(pid, inodes)) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0].split("/").at(-1);
      return { pid, text: `${command} (process ${pid})` };
    }
  } catch {
    // Not Linux, or not allowed to look.
  }
  return undefined;
}

function holdsOne(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.includes(linkOf(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function fromLsof(port) {
  try {
    const [pid] = execFileSync("lsof", ["-ti", `tcp:${port}`, "-sTCP:LISTEN"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).split("\n");
    return pid ? { pid, text: `process ${pid}` } : undefined;
  } catch {
    return undefined;
  }
}
