import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { figuresIn, figuresTable, type Ran } from "./all/figures-page.ts";
import { QUICK } from "./all/quick.ts";
import { beforeExit } from "./before-exit.ts";
import { type BenchOptions, pageOf } from "./options.ts";
import { machine, today, writePart } from "./page.ts";
import { BENCHES } from "./registry.ts";

const SCRIPT = fileURLToPath(new URL("../scripts/bench.mjs", import.meta.url));
/** The longest takes a quarter of an hour; what hangs must not take the others with it. */
const WITHIN_MS = 45 * 60_000;

/**
 * Every bench, one after another, each in a process of its own, so that none inherits another's memory or failure: `npm run bench`.
 *
 * `--quick` for smaller numbers, `--only ingest,live` for some, `--write [page]` for a table in docs/benchmarks.md. The peers write theirs.
 *
 * @returns how many did not finish
 */
export async function runAll(options: BenchOptions): Promise<number> {
  const page = pageOf(options);
  const isQuick = options.quick !== undefined;
  const only = options.only?.split(",");
  const ran: Ran[] = [];
  for (const { name } of BENCHES.filter(({ name }) => only?.includes(name) ?? true)) {
    const args = isQuick ? (QUICK[name] ?? []) : [];
    const result = await runOne(name, name === "peers" && page ? [...args, "--write", page] : args);
    ran.push({ ...result, command: ["npm run bench --", name, ...args].join(" ") });
  }
  // Their table has ratios, which say more than their figures one by one.
  const table = figuresTable(
    ran.map((one) => ({ ...one, figures: one.figures.filter(({ bench }) => bench !== "peers" || !page) })),
  );
  console.log(`\n${table}`);
  const command = `npm run bench --${isQuick ? " --quick" : ""} --write`;
  writePart(page, { name: "figures", command }, `${headOf(command)}\n\n${table}`);
  return ran.filter(({ failure }) => failure !== undefined).length;
}

function runOne(name: string, args: readonly string[]): Promise<Omit<Ran, "command">> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SCRIPT, name, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [output, complaints] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      complaints = (complaints + chunk).slice(-2_000);
      process.stderr.write(chunk);
    });
    const slow = setTimeout(() => child.kill("SIGINT"), WITHIN_MS);
    const forget = beforeExit(() => child.kill("SIGINT"));
    child.once("close", (code, signal) => {
      clearTimeout(slow);
      forget();
      const failure = code === 0 ? undefined : (lastLine(complaints) ?? `it ended with ${signal ?? `code ${code}`}`);
      resolve({ figures: figuresIn(output), ...(failure === undefined ? {} : { failure }) });
    });
  });
}

const lastLine = (text: string): string | undefined => text.trim().split("\n").at(-1)?.slice(0, 200) || undefined;

const headOf = (command: string): string => `## All figures of one run

${today()}, ${machine()}: \`${command}\`, each command by itself after the one before it. Medians; "load" is the machine's over the minute before: above 2 on two processors somebody else was working too.`;
