import { useEffect, useMemo, useState } from "preact/hooks";
import type { RecordJson } from "../../../core/record-json.ts";
import { address, hrefWith, navigate, replace } from "../../address/address.ts";
import { filterText } from "../../address/scope.ts";
import { type Answer, useAnswer } from "../../api/answer.ts";
import type { LogsAnswer } from "../../api/answers.ts";
import { ask } from "../../api/client.ts";
import { Sparkline } from "../../charts/sparkline.tsx";
import { exact } from "../../format/number.ts";
import { ago, clock } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";
import { useFeeds } from "../../live/feeds.ts";
import { Answered, Empty } from "../../panels/answered.tsx";
import { liveSeries } from "../../series/live-series.ts";
import { moveFocus } from "../../tail/move-focus.ts";
import { onLineClick } from "../../tail/on-line-click.ts";
import { TailLine } from "../../tail/tail-line.tsx";
import { RELATIVE } from "../../time/range.ts";

/** The streams keep as much in memory. */
const KEPT_MS = RELATIVE["15m"].ms;
/** What is shown of it: so much before the chosen moment. */
const WINDOW_MS = 30_000;
const SHOWN = 300;

interface RewindAnswer {
  records: RecordJson[];
  heldFrom: string | null;
  partial?: boolean;
}

interface Window {
  fromMs: number;
  toMs: number;
}

interface RewindProps {
  names: readonly string[];
  atMs: number;
  wrap: boolean;
  mark: string;
}

/** The last 15 minutes on a scrubber: what was received up to a moment, out of the streams' memory. */
export function Rewind({ names, atMs, wrap, mark }: RewindProps) {
  const q = filterText.value;
  const feeds = useFeeds(names, q);
  const endMs = nowMs.value;
  const beginMs = endMs - KEPT_MS;
  const [chosenMs, setChosen] = useState(atMs);
  useEffect(() => setChosen(atMs), [atMs]);
  // The address follows once the hand rests: each step of the hand is no place to go back to.
  useEffect(() => {
    if (chosenMs === Number(address.peek().query.get("at"))) return;
    const timer = setTimeout(() => replace(hrefWith({ at: String(chosenMs) })), 200);
    return () => clearTimeout(timer);
  }, [chosenMs]);
  const answer = useAnswer(
    `rewind ${names.join()} ${atMs} ${q}`,
    (signal) => askRewind(names, { fromMs: atMs - WINDOW_MS, toMs: atMs }, q, signal),
    { changes: () => "", everyMs: 0 },
  );
  const trend = useMemo(
    () => liveSeries(feeds, { ...RELATIVE["15m"] }, endMs).buckets.map(({ count }) => count),
    [feeds, endMs],
  );
  return (
    <section class="panel live-tail" aria-label="Rewind">
      <div class="scrubber">
        <Sparkline values={trend} color="var(--accent)" />
        <input
          type="range"
          aria-label="Moment"
          aria-valuetext={`${clock(chosenMs)}, ${ago(chosenMs, endMs)}`}
          min={beginMs}
          max={endMs}
          step={1_000}
          value={Math.max(beginMs, Math.min(endMs, chosenMs))}
          onInput={(event) => setChosen(Number(event.currentTarget.value))}
        />
        <p>
          <b class="num">{clock(chosenMs)}</b> <span class="faint">{ago(chosenMs, endMs)}</span>
          <button type="button" class="button small primary" onClick={() => navigate(hrefWith({ at: undefined }))}>
            Back to live
          </button>
        </p>
      </div>
      <Answered answer={answer} lines={12}>
        {(value) => <Rewound value={value} answer={answer} showService={names.length > 1} wrap={wrap} mark={mark} />}
      </Answered>
    </section>
  );
}

interface RewoundProps {
  value: RewindAnswer;
  answer: Answer<RewindAnswer>;
  showService: boolean;
  wrap: boolean;
  mark: string;
}

function Rewound({ value: { records, partial }, answer, showService, wrap, mark }: RewoundProps) {
  const [open, setOpen] = useState<string>();
  if (records.length === 0)
    return (
      <Empty>Nothing of this is in memory for these {WINDOW_MS / 1_000} seconds. Explore asks the database.</Empty>
    );
  return (
    <>
      <p class="faint" aria-busy={answer.isEarlier}>
        {exact(records.length)} lines of the {WINDOW_MS / 1_000} s before{partial ? ", the latest of more" : ""}
      </p>
      <ol
        class={`lines ${wrap ? "wrap" : ""} ${showService ? "with-service" : ""}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Lines, latest last"
        onKeyDown={moveFocus}
        onClick={(event) => onLineClick(event, (key) => setOpen(open === key ? undefined : key))}
      >
        {records.map((record) => {
          const key = `${record.service}/${record.shard}/${record.seq}`;
          return (
            <TailLine
              key={key}
              name={key}
              record={record}
              showService={showService}
              isOpen={open === key}
              mark={mark}
            />
          );
        })}
      </ol>
    </>
  );
}

/** Of several services, put in order by their own time. */
async function askRewind(
  names: readonly string[],
  window: Window,
  q: string,
  signal: AbortSignal,
): Promise<RewindAnswer> {
  const answers = await Promise.all(names.map((service) => askOne(service, window, q, signal)));
  const records = answers.flatMap((answer) => answer.records).sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return {
    records: records.slice(-SHOWN),
    heldFrom: null,
    partial: records.length > SHOWN || answers.some(({ partial }) => partial),
  };
}

/** From memory where it reaches back so far; a server that has just begun remembers less, and its database is asked. */
async function askOne(
  service: string,
  { fromMs, toMs }: Window,
  q: string,
  signal: AbortSignal,
): Promise<RewindAnswer> {
  const query = { service, from: fromMs, to: toMs, q, limit: SHOWN };
  const held = await ask<RewindAnswer>("/api/live/rewind", { query, signal });
  if (held.heldFrom !== null && Date.parse(held.heldFrom) <= fromMs) return held;
  const stored = await ask<LogsAnswer>("/api/logs", { query, signal });
  return { ...held, records: stored.records, partial: stored.cursor !== undefined };
}
