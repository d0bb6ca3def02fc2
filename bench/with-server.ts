import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeExit } from "./before-exit.ts";
import { freePort } from "./free-port.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TOKEN = "bench-admin-token";

/** The first start builds the Worker and the dashboard. */
const READY_WITHIN_MS = 120_000;

/** How Weir is run: as users do, as those do who change its code, or in a world where things go wrong (test/faults). */
export type ServerMode = "start" | "dev" | "faulty";

const FAULTY_SERVER = "test/faults/serve.mjs";

export interface Server {
  url: string;
  token: string;
  /** The leader of the server's process group: workerd is in it too. */
  pid: number;
  /** Where its isolate can be looked into, if asked for. */
  inspectorPort: number | undefined;
  /** Where its output went. */
  log: string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** SIGKILL to the whole group at once: no process of it gets to say another word. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  mode?: ServerMode;
  /** Kept between starts; the caller removes it. */
  stateDir: string;
  /** A free one otherwise. */
  port?: number;
  withInspector?: boolean;
}

/** Starts a server on this state and waits until it is healthy. Rejects with the end of its output when it is not. */
export async function startServer({
  mode = "start",
  stateDir,
  port,
  withInspector = false,
}: ServerOptions): Promise<Server> {
  const at = port ?? (await freePort());
  const inspectorPort = withInspector ? await freePort() : undefined;
  const log = join(stateDir, "server.log");
  const env = {
    ...process.env,
    ...(inspectorPort === undefined ? {} : { INSPECTOR_PORT: String(inspectorPort) }),
    ...{ PORT: String(at), HOST: "127.0.0.1", STATE_DIR: stateDir, ADMIN_TOKEN: TOKEN },
  };
  const [command, ...args] = mode === "faulty" ? [process.execPath, FAULTY_SERVER] : ["npm", "run", "--silent", mode];
  const child = spawn(command!, args, {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const file = createWriteStream(log, { flags: "a" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      file.write(chunk);
      output = (output + chunk).slice(-4_000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      file.end(`ended with ${signal ?? `code ${code}`}\n`);
      resolve();
    });
  });
  const end = (signal: NodeJS.Signals) => async () => {
    signalGroup(child, signal);
    const slow = setTimeout(() => signalGroup(child, "SIGKILL"), 15_000);
    await ended;
    clearTimeout(slow);
    forget();
  };
  const forget = beforeExit(() => signalGroup(child, "SIGKILL"));
  const url = `http://127.0.0.1:${at}`;
  if (!(await isReady(url, child))) {
    await end("SIGKILL")();
    throw new Error(`npm run ${mode} did not become healthy at ${url}:\n${output}`);
  }
  return { url, token: TOKEN, pid: child.pid!, inspectorPort, log, stop: end("SIGINT"), kill: end("SIGKILL") };
}

/** Runs `work` beside a server with a fresh state, both of which are gone afterwards; after a failure the state is kept. */
export async function withServer<Value>(mode: ServerMode, work: (server: Server) => Promise<Value>): Promise<Value> {
  const stateDir = mkdtempSync(join(tmpdir(), "weir-bench-"));
  const remove = () => rmSync(stateDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  // First the server, then its state: the last to be said is done first.
  const forget = beforeExit(remove);
  try {
    const server = await startServer({ mode, stateDir });
    try {
      const value = await work(server);
      await server.stop();
      remove();
      return value;
    } catch (error) {
      await server.stop();
      console.error(`What the server said, and its state: ${server.log}`);
      throw error;
    }
  } finally {
    forget();
  }
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  const byMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < byMs && child.exitCode === null && child.signalCode === null) {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return true;
    await sleep(50);
  }
  return false;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // Everyone in the group has ended already.
  }
}
