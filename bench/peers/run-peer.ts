import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../tools/sending/failure.ts";
import type { PeerFigure } from "./measures.ts";
import { PARSER_PACKAGE, type Program } from "./programs.ts";

const WITHIN_MS = 600_000;
const INSTALLED_WITHIN_MS = 180_000;

export interface PeerRun {
  /** The folder of the peers' scripts; its README says what each needs installed. */
  scripts: string;
  /** Where they keep lines and packages: PEERS_WORK. */
  work: string;
  lines: number;
  runs: number;
}

const environment = ({ work, lines, runs }: PeerRun, more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PEERS_WORK: work,
  LINES: String(lines),
  REPS: String(runs),
  IDX: "1",
  ...more,
});

/** The lines that every program gets, made once: seeded, so that they are the same for everybody. */
export function linesFor(run: PeerRun): string {
  const data = join(run.work, "data");
  mkdirSync(data, { recursive: true });
  const problem = withPackages(run.work, [PARSER_PACKAGE]);
  if (problem) throw new Failure(problem);
  const size = run.lines >= 1_000_000 ? `${run.lines / 1_000_000}m` : `${run.lines / 1_000}k`;
  const raw = join(data, `a${size}.log`);
  if (!existsSync(raw)) node(run, "gen.mjs", String(run.lines), "1", raw);
  for (const form of ["tsv", "ndjson"])
    if (!existsSync(join(data, `a${size}.${form}`))) node(run, "ship.mjs", form, raw, join(data, `a${size}.${form}`));
  return raw;
}

/** What one program's script printed; `why` says why there is nothing. Never throws for a program that is not there. */
export function runPeer(run: PeerRun, program: Program): { figures: PeerFigure[]; why?: string } {
  const script = join(run.scripts, `${program.name}.mjs`);
  const why = existsSync(script)
    ? (neededBy(program) ?? withPackages(run.work, program.packages ?? []))
    : `there is no ${program.name}.mjs`;
  if (why) return { figures: [], why };
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [script], {
    cwd: run.scripts,
    env: environment(run, program.env),
    encoding: "utf8",
    timeout: WITHIN_MS,
    maxBuffer: 64_000_000,
  });
  const figures = (stdout ?? "")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as PeerFigure)
    .filter(({ value }) => typeof value === "number");
  if (figures.length > 0) return { figures };
  return { figures, why: error?.message ?? reasonIn(stderr) ?? `it ended with ${status} and no figure` };
}

/** The line of an uncaught error that names it; those before it are where it was thrown. */
const reasonIn = (stderr: string): string | undefined =>
  stderr
    .split("\n")
    .find((line) => /^\w*Error\b.*: /.test(line))
    ?.slice(0, 200);

function neededBy({ needs }: Program): string | undefined {
  if (!needs) return undefined;
  if ("variable" in needs) return existsSync(process.env[needs.variable] ?? "") ? undefined : needs.how;
  const { status } = spawnSync("sh", ["-c", 'command -v "$0"', needs.binary]);
  return status === 0 ? undefined : `not installed: \`${needs.how}\``;
}

/** Installs what is not there yet, beside the lines: none of it belongs to the project. Gives what went wrong. */
function withPackages(work: string, packages: readonly string[]): string | undefined {
  const folder = join(work, "npm");
  const missing = packages.filter((name) => !existsSync(join(folder, "node_modules", name.replace(/(?!^)@.*$/, ""))));
  if (missing.length === 0) return undefined;
  mkdirSync(folder, { recursive: true });
  const { status, stderr, error } = spawnSync("npm", ["install", "--no-audit", "--no-fund", ...missing], {
    cwd: folder,
    encoding: "utf8",
    timeout: INSTALLED_WITHIN_MS,
  });
  if (status === 0) return undefined;
  const said = error?.message ?? stderr?.split("\n").find((line) => /^npm error (?!code|path|command)/.test(line));
  return `\`npm install ${missing.join(" ")}\` failed${said ? `: ${said.slice(0, 150)}` : ""}`;
}

function node(run: PeerRun, script: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [join(run.scripts, script), ...args], {
    env: environment(run),
    encoding: "utf8",
  });
  if (status !== 0) throw new Failure(`${script}: ${stderr}`);
}
