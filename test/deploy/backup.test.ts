import { execFile, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "weir-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, stateDir: string, ...args: string[]) =>
  spawnSync("npm", ["run", "--silent", script, "--", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, STATE_DIR: stateDir },
  });

/** The same while this process goes on; its output. */
const runBeside = async (script: string, stateDir: string, ...args: string[]): Promise<string> => {
  const env = { ...process.env, STATE_DIR: stateDir };
  const { stdout } = await promisify(execFile)("npm", ["run", "--silent", script, "--", ...args], { cwd: ROOT, env });
  return stdout;
};

async function ask<Body>(server: Server, path: string, init: RequestInit = {}): Promise<Body> {
  const answer = await fetch(`${server.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${server.token}` },
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Body;
}

interface Counts {
  stored: number;
  unconfirmed: number;
}

const SOON = { timeout: 30_000, interval: 100 };

interface Proof {
  complete: boolean;
  acknowledged: number;
  stored: number;
  records: number;
}

/** Waits until all is stored, and answers the proof. */
async function proofOf(server: Server, service: string): Promise<Proof> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { unconfirmed } = await ask<Counts>(server, "/api/pipeline");
    if (unconfirmed === 0) break;
    await sleep(200);
  }
  return ask<Proof>(server, `/api/pipeline/verify?service=${service}`);
}

const BATCH = 50;

describe("backup and restore", () => {
  it("bring back all that was acknowledged before the backup, made while lines come in", {
    timeout: 240_000,
  }, async () => {
    const stateDir = join(folder, "state");
    mkdirSync(stateDir);
    let server = await startServer({ stateDir });
    let sent = 0;
    let isOver = false;
    const send = async () => {
      const lines = Array.from({ length: BATCH }, (_, at) => JSON.stringify({ msg: "kept", n: sent + at })).join("\n");
      await ask(server, "/ingest/kept", { method: "POST", body: lines });
      sent += BATCH;
    };
    const sending = (async () => {
      while (!isOver) await send();
    })();
    // Some of it is stored by then, and some is not.
    await expect.poll(async () => (await ask<Counts>(server, "/api/pipeline")).stored, SOON).toBeGreaterThan(0);
    const before = sent;
    const to = join(folder, "backup");
    expect(await runBeside("backup", stateDir, "--to", to)).toMatch(/the server stood still for \d+ ms/);
    const after = sent;
    await expect.poll(() => sent, SOON).toBeGreaterThan(after);
    isOver = true;
    await sending;

    await server.stop();
    rmSync(stateDir, { recursive: true });
    const restored = run("restore", stateDir, "--from", to);
    expect(restored.status, restored.stderr).toBe(0);

    server = await startServer({ stateDir });
    try {
      const proof = await proofOf(server, "kept");
      expect(proof.complete).toBe(true);
      expect(proof.stored).toBe(proof.acknowledged);
      expect(proof.records).toBe(proof.acknowledged);
      expect(proof.acknowledged).toBeGreaterThanOrEqual(before);
      expect(proof.acknowledged).toBeLessThanOrEqual(after + BATCH);
      // It goes on from there: nothing new is taken for something stored.
      await ask(server, "/ingest/kept", { method: "POST", body: '{"msg":"after the restore"}' });
      const next = await proofOf(server, "kept");
      expect(next).toMatchObject({ complete: true, records: proof.records + 1 });
    } finally {
      await server.stop();
    }
  });

  it("refuse what would harm", () => {
    const [stateDir, to, copy] = [join(folder, "state"), join(folder, "backup"), join(folder, "changed")];
    expect(run("backup", stateDir, "--to", to).stderr).toContain("never writes over another");
    expect(run("backup", join(folder, "nothing"), "--to", join(folder, "x")).stderr).toContain("there is no state");
    expect(run("restore", stateDir, "--from", to).stderr).toContain("is not empty");
    expect(run("restore", stateDir, "--from", folder).stderr).toContain("is no backup");
    cpSync(to, copy, { recursive: true });
    const database = readdirSync(copy, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(".sqlite"))!;
    appendFileSync(join(copy, database), "x");
    expect(run("restore", join(folder, "empty"), "--from", copy).stderr).toContain("has changed since");
    rmSync(join(copy, database));
    expect(run("restore", join(folder, "empty"), "--from", copy).stderr).toContain("the backup lacks");
    expect(existsSync(join(folder, "empty"))).toBe(false);
  }, 60_000);

  it("move what is there aside where that is said", () => {
    const stateDir = join(folder, "state");
    const restored = run("restore", stateDir, "--from", join(folder, "backup"), "--replace");
    expect(restored.status, restored.stderr).toBe(0);
    expect(restored.stdout).toContain("What was there is in ");
    expect(readdirSync(folder).some((name) => name.startsWith("state-before-"))).toBe(true);
  }, 60_000);
});
