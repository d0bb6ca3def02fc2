import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";

const MODULE = new URL("../../bench/before-exit.ts", import.meta.url).href;
const state = mkdtempSync(join(tmpdir(), "weir-before-exit-"));

afterEach(() => rmSync(state, { recursive: true, force: true }));

/** A program that has state, and forgets a second one; ended by `signal` once it says so. Answers how it ended, and what it said. */
function endedBy(signal: NodeJS.Signals): Promise<{ code: number | null; output: string }> {
  const program = `
    import { mkdirSync, rmSync } from "node:fs";
    import { beforeExit } from ${JSON.stringify(MODULE)};
    const state = ${JSON.stringify(state)};
    mkdirSync(state, { recursive: true });
    beforeExit(() => { console.log("state"); rmSync(state, { recursive: true }); });
    beforeExit(() => console.log("server"));
    beforeExit(() => console.log("forgotten"))();
    setInterval(() => {}, 1_000);
    console.log("ready");
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
    if (output === "ready\n") child.kill(signal);
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("ends the server and then removes its state on %s", async (signal, code) => {
  expect(await endedBy(signal)).toEqual({ code, output: "ready\nserver\nstate\n" });
  expect(existsSync(state)).toBe(false);
});
