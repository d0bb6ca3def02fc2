import { useAnswer } from "../../api/answer.ts";
import type { PipelineAnswer } from "../../api/answers.ts";
import { askPipeline } from "../../api/questions.ts";
import { exact, percent } from "../../format/number.ts";
import { Icon } from "../../icons/icon.tsx";
import { nowMs } from "../../live/clock.ts";
import { overviewLink } from "../../live/overview-feed.ts";
import { Answered } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";
import { Archive } from "./archive.tsx";
import { DeadLetters } from "./dead-letters.tsx";
import { Stages } from "./stages.tsx";
import { Streams } from "./streams.tsx";

const EVERY_MS = 2_000;

/** The way of a line, stage by stage, and the proof that nothing was lost on it. */
export function Pipeline() {
  const answer = useAnswer("pipeline", askPipeline, {
    changes: () => `${Math.floor(nowMs.value / EVERY_MS)} ${overviewLink.value.kind}`,
    everyMs: EVERY_MS,
  });
  return (
    <div class="pipeline">
      <div class="page-title">
        <h1>Pipeline</h1>
        <p class="faint">An acknowledged line is on disk. From there it goes to the database, exactly once.</p>
      </div>
      <Answered answer={answer} lines={10}>
        {(value) => (
          <>
            <Stages stages={value.stages} />
            <Proof {...value} />
            <DeadLetters streams={value.streams} again={answer.again} />
            <Streams streams={value.streams} />
            <Archive archive={value.archive} />
          </>
        )}
      </Answered>
    </div>
  );
}

/** Acknowledged is stored plus what is on the way: no third place exists. */
function Proof({ acknowledged, stored, discarded, unconfirmed }: PipelineAnswer) {
  const isComplete = unconfirmed === 0;
  return (
    <Panel title="Completeness" class="proof">
      <p class="sum">
        <span>
          <strong class="num">{exact(acknowledged)}</strong> acknowledged
        </span>
        <i>=</i>
        <span>
          <strong class="num ok">{exact(stored)}</strong> stored
        </span>
        {discarded > 0 && (
          <>
            <i>+</i>
            <span>
              <strong class="num bad">{exact(discarded)}</strong> given up by a person
            </span>
          </>
        )}
        <i>+</i>
        <span>
          <strong class={`num ${isComplete ? "faint" : "warn"}`}>{exact(unconfirmed)}</strong> on the way
        </span>
      </p>
      <div class="meter" aria-hidden="true">
        <i style={{ width: acknowledged === 0 ? "0" : `${(stored / acknowledged) * 100}%`, background: "var(--ok)" }} />
      </div>
      <p class="faint">
        {isComplete ? (
          <>
            <Icon name="check" size={13} /> Every acknowledged line is stored
            {discarded > 0 ? ", but for those that were given up." : "."}
          </>
        ) : (
          <>
            {percent(stored / acknowledged)} % are in the database; the rest is in the streams' journals and can be
            asked for already.
          </>
        )}
      </p>
    </Panel>
  );
}
