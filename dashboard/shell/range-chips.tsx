import { hrefWith, navigate } from "../address/address.ts";
import type { PageName } from "../address/pages.ts";
import { chooseRange, isCompared, place, scope } from "../address/scope.ts";
import { moment } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { type Range, RELATIVE, rangeText } from "../time/range.ts";

const CHOICES: readonly { range: Range; label: string; words: string }[] = [
  { range: RELATIVE["5m"], label: "5m", words: "Last 5 minutes" },
  { range: RELATIVE["15m"], label: "15m", words: "Last 15 minutes" },
  { range: RELATIVE["1h"], label: "1h", words: "Last hour" },
  { range: RELATIVE["24h"], label: "24h", words: "Last 24 hours" },
  { range: { kind: "all" }, label: "all", words: "Everything" },
];

export function RangeChips() {
  const { range } = scope.value;
  const shown = rangeText(range);
  return (
    <fieldset class="chips" aria-label="Time range">
      {CHOICES.map((choice) => (
        <button
          key={choice.label}
          type="button"
          class="chip"
          aria-pressed={rangeText(choice.range) === shown}
          title={choice.words}
          aria-label={`${choice.label}: ${choice.words}`}
          onClick={() => chooseRange(choice.range)}
        >
          {choice.label}
        </button>
      ))}
      {range.kind === "fixed" && (
        <button
          type="button"
          class="chip"
          aria-pressed
          title="Leave this range"
          onClick={() => navigate(hrefWith({ range: undefined }))}
        >
          <span class="num">
            {moment(range.fromMs)} – {moment(range.toMs)}
          </span>
          <Icon name="close" size={12} />
        </button>
      )}
      {range.kind !== "all" && COMPARING.has(place.value.page) && (
        <button
          type="button"
          class="chip"
          aria-pressed={isCompared.value}
          title="Put figures beside those of the same time yesterday"
          onClick={() => navigate(hrefWith({ compare: isCompared.value ? undefined : "1d" }))}
        >
          vs yesterday
        </button>
      )}
    </fieldset>
  );
}

const COMPARING: ReadonlySet<PageName | undefined> = new Set(["overview", "service"] as const);
