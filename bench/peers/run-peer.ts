import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { PeerFigure } from "./measures.ts";

const WITHIN_MS = 900_000;

export interface PeerRun {
  /** The folder of the peers' scripts; its README says what each needs installed. */
  scripts: string;
  /** Where they keep lines and packages: PEERS_WORK. */
  work: string;
  lines: number;
  runs: number;
}

const environment = ({ work, lines, runs }: PeerRun): NodeJS.ProcessEnv => ({
  ...process.env,
  PEERS_WORK: work,
  LINES: String(lines),
  REPS: String(runs),
  IDX: "1",
});

/** The lines that every program gets, made once: seeded, so that they are the same for everybody. */
export function linesFor(run: PeerRun): string {
  const data = join(run.work, "data");
  mkdirSync(data, { recursive: true });
  const size = run.lines >= 1_000_000 ? `${Math.floor(run.lines / 1_000_000)}m` : `${Math.floor(run.lines / 1_000)}k`;
  const raw = join(data, `a${size}.log`);
  if (!existsSync(raw)) node(run, "gen.mjs", String(run.lines), "1", raw);
  for (const form of ["tsv", "ndjson"])
    if (!existsSync(join(data, `a${size}.${form}`))) node(run, "ship.mjs", form, raw, join(data, `a${size}.${form}`));
  return raw;
}

/** What one program's script printed; `skipped` says why there is nothing. */
export function runPeer(run: PeerRun, name: string): { figures: PeerFigure[]; skipped?: string } {
  const script = join(run.scripts, `${name}.mjs`);
  if (!existsSync(script)) return { figures: [], skipped: `there is no ${script}` };
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], {
    cwd: run.scripts,
    env: environment(run),
    encoding: "utf8",
    timeout: WITHIN_MS,
    maxBuffer: 64_000_000,
  });
  const figures = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as PeerFigure);
  const measured = figures.filter(({ value }) => typeof value === "number");
  if (measured.length > 0) return { figures: measured };
  const why =
    stderr.split("\n").find((line) => /Error|not found|cannot/i.test(line)) ?? `it ended with ${status} and no figure`;
  return { figures: [], skipped: why.trim() };
}

function node(run: PeerRun, script: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [join(run.scripts, script), ...args], {
    env: environment(run),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
}
