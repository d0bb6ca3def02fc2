import type { RecordJson } from "../../core/record-json.ts";
import { termOf } from "../address/terms.ts";
import { exact } from "../format/number.ts";
import { clockMs, day, full, isSameDay } from "../format/time.ts";
import { linePartsOf } from "./line-parts.ts";
import { Marked } from "./marked.tsx";
import { RecordDetail } from "./record-detail.tsx";
import type { TailRow } from "./tail-buffer.ts";

interface TailLineProps {
  record: RecordJson;
  /** Its name in the list, for who listens to clicks. */
  name: string;
  showService: boolean;
  isOpen: boolean;
  /** Marked wherever it stands in the text. */
  mark?: string;
}

/** One record of a list: a line, and all of it when it is opened. Clicks are the list's, see on-line-click.ts. */
export function TailLine({ record, name, showService, isOpen, mark = "" }: TailLineProps) {
  const { level, status, service, time } = record;
  const { text, extras } = linePartsOf(record);
  const ms = Date.parse(time);
  return (
    <li class={`line level-${level ?? "unknown"} ${isOpen ? "open" : ""}`} data-key={name}>
      <div class="line-row">
        <button
          type="button"
          class="line-open"
          tabIndex={-1}
          aria-expanded={isOpen}
          aria-label={`${level ?? ""} ${text}`}
        />
        <time dateTime={time} title={full(ms)}>
          {isSameDay(ms, Date.now()) ? clockMs(ms) : `${day(ms)} ${clockMs(ms).slice(0, 8)}`}
        </time>
        <span class="line-level">{level && <LineValue field="level" value={level} class="level" />}</span>
        {showService && (
          <span class="line-service">
            <LineValue field="service" value={service} class="" />
          </span>
        )}
        <span class="line-text">
          {status !== undefined && (
            <LineValue field="status" value={String(status)} class={`status s${Math.floor(status / 100)}`} />
          )}
          <Marked text={text} mark={mark} />
          {record.flags?.map((flag) => (
            <span key={flag} class="flag-badge" title={FLAG_WORDS[flag]}>
              {flag.replaceAll("_", " ")}
            </span>
          ))}
          {extras.length > 0 && <span class="extra">{extras.join("   ")}</span>}
        </span>
      </div>
      {isOpen && <RecordDetail record={record} />}
    </li>
  );
}

/** Out of the tab order: the opened line has the same, and a thousand stops would be in the way. */
const LineValue = ({ field, value, class: name }: { field: string; value: string; class: string }) => {
  const term = termOf(field, value);
  return (
    <button type="button" class={`value ${name}`} tabIndex={-1} data-term={term} title={`Filter by ${term}`}>
      {value}
    </button>
  );
};

const FLAG_WORDS: Partial<Record<NonNullable<RecordJson["flags"]>[number], string>> = {
  late: "Received long after its own time",
  early: "Its own time is still to come",
  cut: "It was longer than a line may be",
  redacted: "Secrets in it were made unreadable",
  no_time: "It carried no time: this is when it was received",
  joined: "Several lines that belong together",
  invalid_utf8: "It was not valid UTF-8",
};

/** Where lines are missing, how many and which. */
export function TailGap({ row }: { row: Exclude<TailRow, { kind: "record" }> }) {
  if (row.kind === "passed") {
    return <li class="gap-line">{lines(row.count)} passed while the tail was held</li>;
  }
  const { count, first, last, reason, service } = row.gap;
  const why = GAP_WORDS[reason];
  return (
    <li class="gap-line" title={`${service}: lines #${exact(first)} to #${exact(last)}`}>
      {lines(count)} left out, {why} · #{exact(first)} – #{exact(last)}
    </li>
  );
}

const GAP_WORDS = {
  rate: "too many to show",
  no_longer_in_memory: "no longer in memory",
  not_found: "found nowhere",
  not_told: "a shard was out of reach",
} as const;

const lines = (count: number): string => `${exact(count)} ${count === 1 ? "line" : "lines"}`;
