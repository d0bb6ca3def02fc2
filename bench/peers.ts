import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Failure } from "../tools/sending/failure.ts";
import type { Figures } from "./figure.ts";
import { type BenchOptions, pageOf } from "./options.ts";
import { machine, today, writePart } from "./page.ts";
import { disagreements, type PeerFigure, reachedBy } from "./peers/measures.ts";
import { PROGRAMS } from "./peers/programs.ts";
import { type Absent, ratioTables } from "./peers/ratio-table.ts";
import { linesFor, type PeerRun, runPeer } from "./peers/run-peer.ts";
import { runWeir, type Tier } from "./peers/run-weir.ts";

/** SQLite is what Weir stands on, and its package has to be compiled: named with `--peers`, not run by itself. */
const CHOSEN = PROGRAMS.map(({ name }) => name).filter((name) => name !== "sqlite");

const TIERS: readonly Tier[] = ["hot", "archive"];

/**
 * Weir and programs that one would take instead, one after another on the same lines in the same hour, with ratios. A program that is not
 * installed is left out, and said so. Their scripts are not part of the project: `--scripts` names their folder.
 */
export async function peers(figures: Figures, options: BenchOptions): Promise<void> {
  const run: PeerRun = {
    scripts: resolve(options.scripts ?? "../shared/peers"),
    work: resolve(options.work ?? join(tmpdir(), "weir-peers")),
    lines: Number(options.lines ?? 1_000_000),
    runs: Number(options.runs ?? 3),
  };
  if (!existsSync(join(run.scripts, "gen.mjs")))
    throw new Failure(`The peers' scripts are not in ${run.scripts}: name their folder with --scripts`);
  const raw = linesFor(run);
  const all: PeerFigure[] = [];
  const absent: Absent[] = [];
  const note = (found: readonly PeerFigure[]): void => {
    all.push(...found);
    for (const { peer, metric, value, unit = "" } of found) figures.add(`${peer}: ${metric}`, [value!], unit);
  };
  for (const tier of TIERS) note(await runWeir(raw, run.lines, run.runs, tier));
  for (const name of options.peers?.split(",") ?? CHOSEN) {
    const { figures: found, why } = runPeer(run, PROGRAMS.find((program) => program.name === name) ?? { name });
    note(found);
    if (why === undefined) continue;
    absent.push({ peer: name, why });
    console.log(JSON.stringify({ bench: "peers", peer: name, why }));
  }
  const reached = reachedBy(all);
  const differing = disagreements(reached);
  for (const text of differing) console.log(JSON.stringify({ bench: "peers", differs: text }));
  const text = [headOf(run), ratioTables(reached, absent), ...differing.map((each) => `Differs: ${each}.`)].join(
    "\n\n",
  );
  console.log(`\n${text}`);
  writePart(pageOf(options), { name: "peers", command: "npm run bench -- peers --write" }, text);
}

const headOf = ({ lines, runs }: PeerRun): string => `## Beside other programs

${today()}, ${machine()}, ${lines.toLocaleString("en")} combined lines with response times, one program after another, medians of ${runs} runs of taking lines and of 9 of each question:
\`npm run bench -- peers --lines ${lines} --runs ${runs}\`. In brackets: how many times better than Weir with hot rows; below 1 it is worse. Weir takes raw lines in batches of 5,000 over four
connections, acknowledges what is durable, and keeps a record a line and its statistics; "on disk" is its whole state. The others get what their script gives them: duckdb and chdb read
the file in their own process, rsyslog and GoAccess keep no fields or no lines (and grep finds the lines of the live measure too). "Load" is the machine's highest while a program ran: above 2 on two processors, somebody else was working too.`;
