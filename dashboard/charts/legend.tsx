import { percent } from "../format/number.ts";
import { type ChartSeries, sumOf } from "./chart-data.ts";

interface LegendProps {
  series: readonly ChartSeries[];
  ghost: ChartSeries | undefined;
  hidden: ReadonlySet<string>;
  toggle: (name: string) => void;
  /** Each one's share of all. */
  showShares: boolean;
}

/** The layers by name; each is a switch. */
export function Legend({ series, ghost, hidden, toggle, showShares }: LegendProps) {
  const sums = series.map(({ values }) => sumOf(values));
  const all = sums.reduce((total, sum) => total + sum, 0);
  return (
    <div class="legend">
      {series.map(({ name, label, token }, at) => (
        <button
          key={name}
          type="button"
          aria-pressed={!hidden.has(name)}
          title={`Show or hide ${label}`}
          onClick={() => toggle(name)}
        >
          <i class="swatch" style={{ "--color": `var(${token})` }} />
          {label}
          {showShares && all > 0 && <span class="faint num">{percent(sums[at]! / all)} %</span>}
        </button>
      ))}
      {ghost && (
        <button
          type="button"
          aria-pressed={!hidden.has(ghost.name)}
          title={`Show or hide ${ghost.label}`}
          onClick={() => toggle(ghost.name)}
        >
          <i class="swatch ghost" />
          {ghost.label}
        </button>
      )}
    </div>
  );
}
