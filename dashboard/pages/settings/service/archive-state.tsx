import { useState } from "preact/hooks";
import { useAnswer } from "../../../api/answer.ts";
import type { ArchivedService } from "../../../api/answers.ts";
import { ask } from "../../../api/client.ts";
import { bytes, exact } from "../../../format/number.ts";
import { ago, full, moment } from "../../../format/time.ts";
import { Icon } from "../../../icons/icon.tsx";
import { nowMs } from "../../../live/clock.ts";
import { Answered, Empty } from "../../../panels/answered.tsx";
import { Panel } from "../../../panels/panel.tsx";
import { Refused } from "../field.tsx";
import { useDeed } from "../use-deed.ts";

interface ProofAnswer {
  intact: boolean;
  services: {
    segments: number;
    unlinked: number;
    problems: { key: string; problem: string }[];
  }[];
}

/** What a service has in the archive, and whether that is what was written into it. */
export function ArchiveState({ service }: { service: string }) {
  const answer = useAnswer(
    `archive ${service}`,
    (signal) => ask<{ services: ArchivedService[] }>("/api/archive", { signal }),
    { changes: () => "", everyMs: 0 },
  );
  return (
    <Panel title="Archive" note="Parquet, by its own signed log">
      <Answered answer={answer} lines={4}>
        {({ services }) => {
          const state = services.find((one) => one.service === service);
          return state && state.segments > 0 ? (
            <>
              <Facts state={state} />
              <Verify service={service} />
            </>
          ) : (
            <Empty>Nothing of {service} is archived yet: an hour is sealed a while after it ends.</Empty>
          );
        }}
      </Answered>
    </Panel>
  );
}

const Facts = ({ state }: { state: ArchivedService }) => (
  <dl class="archive-facts">
    <Fact name="Segments" value={exact(state.segments)} />
    <Fact name="Size" value={bytes(state.bytes)} />
    <Fact name="Records only there" value={exact(state.records)} />
    <Fact name="Oldest record" {...timeOf(state.oldest, (ms) => moment(ms))} />
    <Fact name="Last written" {...timeOf(state.lastChange ?? state.lastSpilled, (ms) => ago(ms, nowMs.value))} />
    <Fact name="Latest lines go" value={state.latest === "archive" ? "to the archive at once" : "to the database"} />
  </dl>
);

const timeOf = (time: string | null, text: (ms: number) => string): { value: string; whole?: string } =>
  time === null ? { value: "–" } : { value: text(Date.parse(time)), whole: full(Date.parse(time)) };

const Fact = ({ name, value, whole }: { name: string; value: string; whole?: string }) => (
  <div>
    <dt class="faint">{name}</dt>
    <dd class="num" title={whole}>
      {value}
    </dd>
  </div>
);

function Verify({ service }: { service: string }) {
  const [proof, setProof] = useState<ProofAnswer>();
  const deed = useDeed();
  const verify = (deep: "0" | "1") =>
    deed.run(async () => setProof(await ask<ProofAnswer>("/api/archive/verify", { query: { service, deep } })));
  return (
    <div class="archive-verify">
      <button type="button" class="button small" disabled={deed.isRunning} onClick={() => void verify("0")}>
        {deed.isRunning ? "Verifying …" : "Verify"}
      </button>
      <button
        type="button"
        class="button small"
        disabled={deed.isRunning}
        title="Reads every object and hashes it again"
        onClick={() => void verify("1")}
      >
        Verify every byte
      </button>
      <div role="status">
        {deed.failure && <Refused failure={deed.failure} />}
        {proof && !deed.isRunning && !deed.failure && <Verdict proof={proof} />}
      </div>
    </div>
  );
}

function Verdict({ proof: { intact, services } }: { proof: ProofAnswer }) {
  const [{ segments, unlinked, problems } = { segments: 0, unlinked: 0, problems: [] }] = services;
  if (intact)
    return (
      <p class="ok">
        <Icon name="check" size={13} /> intact: {exact(segments)} segments, as they were written
        {unlinked > 0 && `; ${exact(unlinked)} of them are too new for the signed log`}
      </p>
    );
  return (
    <>
      <p class="bad">
        <Icon name="alert" size={13} /> not what was written: {exact(problems.length)} problems
      </p>
      {problems.slice(0, 10).map(({ key, problem }) => (
        <p key={key} class="bad">
          <code>{key}</code> {problem}
        </p>
      ))}
    </>
  );
}
