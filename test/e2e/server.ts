import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerMode, startServer as startOn } from "../../bench/with-server.ts";

export interface TestServer {
  origin: string;
  token: string;
  stop(): Promise<void>;
}

/** The real server, as `npm start` (or `npm run dev`) runs it, on a free port with a state of its own that is gone after `stop`. */
export async function startServer(mode: ServerMode = "start"): Promise<TestServer> {
  const stateDir = mkdtempSync(join(tmpdir(), "weir-e2e-"));
  const { url, token, stop } = await startOn({ mode, stateDir });
  return {
    origin: url,
    token,
    async stop() {
      await stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
