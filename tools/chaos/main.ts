import { parseArgs } from "node:util";
import { Failure } from "../sending/failure.ts";
import { maintenanceRounds } from "./maintenance/main.ts";
import { tellRound } from "./round.ts";

const USAGE = `Lets things go wrong while lines arrive by HTTP and WebSocket: the database, the queue and the bucket fail, are slow, or
do their work and say nothing; messages come twice and in another order; the number of shards changes; sockets break; and
once a round the whole server is killed with SIGKILL and started again. Then checks that every acknowledged line is stored
exactly once, that verify says so, and that live and stored totals agree.

  npm run chaos -- --rounds 5

With --maintenance, rounds of another kind: the server is killed in the middle of merging summaries, sealing, optimising,
sweeping and forgetting, started again and asked again; no answer may have changed, and both proofs have to be whole.

  npm run chaos -- --maintenance --rounds 3

  --rounds N    how many times, each with a state of its own (5)
  --rate N      lines a second (5000)
  --seconds N   how long lines are sent in a round (12)
  --seed N      decides lines, moments and what goes wrong (the time)
  --job NAME    with --maintenance: merge, seal, optimize, sweep, forget, "forget archived" (all)`;

/** `npm run chaos`. Answers the exit code: 1 when a round found anything wrong. */
export async function chaos(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h" },
      maintenance: { type: "boolean", default: false },
      job: { type: "string" },
      rounds: { type: "string", default: "5" },
      rate: { type: "string", default: "5000" },
      seconds: { type: "string", default: "12" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  if (values.help) throw new Failure(USAGE, 0);
  const [rounds, rate, seconds, seed] = [values.rounds, values.rate, values.seconds, values.seed].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (!(rounds >= 1 && rate > 0 && seconds > 0 && seed >= 0)) throw new Failure(USAGE);
  if (values.maintenance) return maintenanceRounds(rounds, seed, values.job);

  let failed = 0;
  for (let round = 1; round <= rounds; round++) {
    const { passed, text } = await tellRound({ seed: seed + round, rate, seconds });
    if (!passed) failed++;
    console.log(`round ${round} of ${rounds} (seed ${seed + round}): ${text}`);
  }
  return failed === 0 ? 0 : 1;
}
