import type { RecordJson } from "../../core/record-json.ts";
import { exact } from "../format/number.ts";
import { clockMs, day, full, isSameDay } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { FilterButton } from "../panels/filter-button.tsx";
import { linePartsOf } from "./line-parts.ts";
import { RecordDetail } from "./record-detail.tsx";
import type { TailRow } from "./tail-buffer.ts";

interface TailLineProps {
  record: RecordJson;
  showService: boolean;
  isOpen: boolean;
  onToggle: () => void;
}

/** One record of a list: a line, and all of it when it is opened. */
export function TailLine({ record, showService, isOpen, onToggle }: TailLineProps) {
  const { level, status, service, time } = record;
  const { text, extras } = linePartsOf(record);
  const ms = Date.parse(time);
  const toggle = () => {
    // Whoever marks text does not mean to open the line.
    if (getSelection()?.toString() === "") onToggle();
  };
  const open = (event: Event) => {
    event.stopPropagation();
    onToggle();
  };
  return (
    <li class={`line level-${level ?? "unknown"} ${isOpen ? "open" : ""}`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button in it does the same by keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger place to click for that button */}
      <div class="line-row" onClick={toggle}>
        <button
          type="button"
          class="line-open"
          tabIndex={-1}
          aria-expanded={isOpen}
          aria-label={`${level ?? ""} ${text}`}
          onClick={open}
        >
          <Icon name="chevron" size={13} />
        </button>
        <time dateTime={time} title={full(ms)}>
          {isSameDay(ms, Date.now()) ? clockMs(ms) : `${day(ms)} ${clockMs(ms).slice(0, 8)}`}
        </time>
        <span class="line-level">
          {level && (
            <FilterButton field="level" value={level} class="level" isQuiet>
              {level}
            </FilterButton>
          )}
        </span>
        {showService && (
          <span class="line-service">
            <FilterButton field="service" value={service} isQuiet>
              {service}
            </FilterButton>
          </span>
        )}
        <span class="line-text">
          {status !== undefined && (
            <FilterButton field="status" value={String(status)} class={`status s${Math.floor(status / 100)}`} isQuiet>
              {status}
            </FilterButton>
          )}
          {text}
          {record.flags?.map((flag) => (
            <span key={flag} class="flag-badge" title={FLAG_WORDS[flag]}>
              {flag.replaceAll("_", " ")}
            </span>
          ))}
          {extras.map((extra, at) => (
            <span key={at} class="extra">
              {extra}
            </span>
          ))}
        </span>
      </div>
      {isOpen && <RecordDetail record={record} />}
    </li>
  );
}

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
  const why = reason === "rate" ? "too many to show" : "no longer in memory";
  return (
    <li class="gap-line" title={`${service}: lines #${exact(first)} to #${exact(last)}`}>
      {lines(count)} left out, {why} · #{exact(first)} – #{exact(last)}
    </li>
  );
}

const lines = (count: number): string => `${exact(count)} ${count === 1 ? "line" : "lines"}`;
