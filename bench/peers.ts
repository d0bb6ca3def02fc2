import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Failure } from "../tools/sending/failure.ts";
import type { Figures } from "./figure.ts";
import type { BenchOptions } from "./options.ts";
import { type PeerFigure, reachedBy } from "./peers/measures.ts";
import { ratioTable, withPeers } from "./peers/ratio-table.ts";
import { linesFor, type PeerRun, runPeer } from "./peers/run-peer.ts";
import { runWeir } from "./peers/run-weir.ts";

const PEERS = "goaccess,sqlite,rsyslog,duckdb,clickhouse,chdb,seed,victorialogs,loki";

/**
 * Weir and programs that one would take instead, one after another on the same lines in the same hour, with ratios. A program that is not
 * installed is skipped, and said so. Their scripts are not part of the project: `--scripts` names their folder.
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
  const all: PeerFigure[] = await runWeir(raw, run.lines, run.runs);
  for (const name of (options.peers ?? PEERS).split(",")) {
    const { figures: found, skipped } = runPeer(run, name);
    if (skipped) console.log(JSON.stringify({ bench: "peers", peer: name, skipped }));
    all.push(...found);
  }
  for (const { peer, metric, value, unit = "" } of all)
    if (typeof value === "number") figures.add(`${peer}: ${metric}`, [value], unit);
  const table = ratioTable(reachedBy(all));
  console.log(`\n${table}`);
  if (options.write)
    writeFileSync(options.write, withPeers(readFileSync(options.write, "utf8"), `${headOf(run)}\n\n${table}`));
}

function headOf({ lines, runs }: PeerRun): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "processor"}`;
  return `## Beside other programs

${new Date().toISOString().slice(0, 10)}, ${machine}, ${lines.toLocaleString("en")} combined lines with response times, median of ${runs} runs, one program after another:
\`npm run bench -- peers --runs ${runs} --lines ${lines}\`. In brackets: how many times better than Weir; below 1 it is worse. Weir keeps a row a line and its statistics, acknowledges what is durable,
and is sent batches of 5,000 over four connections. "Load" is the machine's highest while a program ran: above 2 on two processors, somebody else was working too.`;
}
