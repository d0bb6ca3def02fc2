import type { StageStatus } from "../../api/answers.ts";
import { bytes, duration, exact, rate } from "../../format/number.ts";
import { ago } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";

const ABOUT: Record<string, string> = {
  ingest: "lines are read, parsed and enriched",
  journal: "each batch is written down, then acknowledged",
  queue: "batches travel in large messages",
  database: "rows, counts and ledger in one transaction",
};

/** Later than this, a stage that has a backlog is behind. */
const BEHIND_MS = 10_000;

export const Stages = ({ stages }: { stages: readonly StageStatus[] }) => (
  <ol class="stages" aria-label="Stages">
    {stages.map((stage) => (
      <Stage key={stage.name} stage={stage} />
    ))}
  </ol>
);

function Stage({
  stage: { name, ratePerSecond, lagMs, backlog, backlogBytes, errors, lastSuccess },
}: {
  stage: StageStatus;
}) {
  const health =
    errors > 0 ? "failing" : backlog > 0 && lagMs > BEHIND_MS ? "behind" : lastSuccess === null ? "quiet" : "ok";
  return (
    <li class="panel stage">
      <header class="panel-head">
        <h2>
          <i class={`dot ${health}`} />
          {name}
        </h2>
        <span class="panel-note">{WORDS[health]}</span>
      </header>
      <p class="figure-value">
        <strong class="num">{rate(ratePerSecond)}</strong>
        <small>/s</small>
      </p>
      <dl class="facts">
        <Fact name="Waiting" value={backlog === 0 ? "nothing" : `${exact(backlog)} lines${sizeOf(backlogBytes)}`} />
        <Fact name="Oldest" value={backlog === 0 ? "–" : duration(lagMs)} />
        <Fact name="Errors" value={errors === 0 ? "none" : exact(errors)} isBad={errors > 0} />
        <Fact name="Last success" value={lastSuccess === null ? "never" : ago(Date.parse(lastSuccess), nowMs.value)} />
      </dl>
      <p class="faint">{ABOUT[name]}</p>
    </li>
  );
}

const sizeOf = (onDisk: number | undefined): string => (onDisk ? ` · ${bytes(onDisk)}` : "");

const WORDS = { ok: "working", failing: "has errors", behind: "behind", quiet: "idle" } as const;

const Fact = ({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd class={`num ${isBad ? "bad" : ""}`}>{value}</dd>
  </div>
);
