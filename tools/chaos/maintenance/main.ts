import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../../simulate/random.ts";
import { jobRound, referenceOf } from "./job-round.ts";
import { JOBS } from "./jobs.ts";
import { prepareState } from "./prepared-state.ts";

/** Kills of one round, each in another run of the job on the same state. */
const KILLS = 3;

/**
 * Rounds of every job that cron and people start: the server is killed with SIGKILL in the middle of it, started again, and asked
 * again. Answers the exit code: 1 where an answer changed, or a proof failed.
 *
 * @param only names of jobs, with commas between; all where absent
 */
export async function maintenanceRounds(rounds: number, seed: number, only?: string): Promise<number> {
  const rootDir = mkdtempSync(join(tmpdir(), "weir-chaos-"));
  const state = await prepareState(rootDir, seed);
  let failed = 0;
  for (const [at, job] of JOBS.entries()) {
    if (only && !only.split(",").includes(job.name)) continue;
    try {
      const reference = await referenceOf({ state, rootDir }, job);
      for (let round = 1; round <= rounds; round++) {
        const roundSeed = seed + at * 1_000 + round;
        const { wrong, story } = await jobRound({ state, rootDir }, job, reference, new Random(roundSeed), KILLS);
        if (wrong.length > 0) failed++;
        const outcome =
          wrong.length === 0 ? "every answer as it should be, both proofs whole" : `FAILED: ${wrong.join("; ")}`;
        console.log(`${job.name}, round ${round} of ${rounds} (seed ${roundSeed}): ${outcome}\n  ${story}`);
      }
    } catch (error) {
      failed++;
      const cause = error instanceof Error && error.cause ? ` (${error.cause})` : "";
      console.log(`${job.name}: FAILED: ${error instanceof Error ? error.stack : error}${cause}`);
    }
  }
  rmSync(rootDir, { recursive: true, force: true });
  return failed === 0 ? 0 : 1;
}
